package dev.cets.server.http;

import java.time.Duration;

/**
 * How long a client may take, and what else is a matter of time.
 *
 * @param idle between requests, and to the end of the first line of one
 * @param look how often that is looked at
 * @param head from there to the end of the headers
 * @param tokens how often the files of the tokens are looked at
 */
record HttpTimes(Duration idle, Duration look, Duration head, Duration tokens) {
  static final HttpTimes DEFAULTS =
      new HttpTimes(
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2));
}
