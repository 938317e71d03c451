package dev.cets.discovery;

import java.time.Duration;

/**
 * How long to wait for the next question to a back end.
 *
 * @param searching while no peer has been met
 * @param searchingFor the longest time of that
 * @param afterError after a question that failed
 * @param afterPeerLost after a node went down
 * @param regular when all is quiet; shorter if the back end says so
 */
public record DiscoveryIntervals(
    Duration searching,
    Duration searchingFor,
    Duration afterError,
    Duration afterPeerLost,
    Duration regular) {
  /** What a node uses unless told otherwise. */
  public static final DiscoveryIntervals DEFAULTS =
      new DiscoveryIntervals(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5));

  /** Checks the parts. */
  public DiscoveryIntervals {
    requirePositive("searching", searching);
    requirePositive("searchingFor", searchingFor);
    requirePositive("afterError", afterError);
    requirePositive("afterPeerLost", afterPeerLost);
    requirePositive("regular", regular);
  }

  static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + " is " + value + "; more than zero is needed");
    }
  }
}
