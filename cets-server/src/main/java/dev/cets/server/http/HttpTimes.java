package dev.cets.server.http;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param idle between requests, and to the end of the first line of one
 * @param look how often that is looked at
 * @param head from there to the end of the headers
 */
record HttpTimes(Duration idle, Duration look, Duration head) {
  static final HttpTimes DEFAULTS =
      new HttpTimes(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofSeconds(10));
}
