package dev.cets.replication;

import java.time.Duration;

/** Durations as numbers. */
final class Durations {
  private static final Duration LONGEST = Duration.ofDays(365);

  private Durations() {}

  /** In nanoseconds; a year at most, so that sums with times do not overflow. */
  static long saturatedNanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
  }
}
