package dev.cets.server.http;

import java.time.Duration;

/**
 * How watchers are looked after.
 *
 * @param beat how often a sign of life is sent
 * @param patience how long a client may leave an event unread before it is let go
 */
record WatchTimes(Duration beat, Duration patience) {
  static final WatchTimes DEFAULTS = new WatchTimes(Duration.ofSeconds(5), Duration.ofMinutes(1));
}
