package dev.cets.discovery;

import java.time.Duration;

/**
 * How long to wait for the next question to a back end, and for its answer.
 *
 * @param searching while no peer has been met
 * @param searchingFor the longest time of that
 * @param afterError after a question that failed
 * @param afterPeerLost after a node went down
 * @param regular when all is quiet; shorter if the back end says so
 * @param answerLimit how long a question may run before its back end counts as one that fails
 */
public record DiscoveryIntervals(
    Duration searching,
    Duration searchingFor,
    Duration afterError,
    Duration afterPeerLost,
    Duration regular,
    Duration answerLimit) {
  /** More would not fit into nanoseconds, and is not meant. */
  private static final Duration MAX = Duration.ofDays(365);

  /** What a node uses unless told otherwise. */
  public static final DiscoveryIntervals DEFAULTS =
      new DiscoveryIntervals(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(30));

  /** Checks the parts. */
  public DiscoveryIntervals {
    check("interval of questions while searching", searching);
    check("time of searching", searchingFor);
    check("interval of questions after an error", afterError);
    check("time to the question after a node went down", afterPeerLost);
    check("regular interval of questions", regular);
    check("limit of an answer", answerLimit);
  }

  static void check(String what, Duration value) {
    if (!value.isPositive() || value.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + "; more than zero and at most 365 days is allowed");
    }
  }

  /** The same with another {@link #searching} and {@link #searchingFor}. */
  public DiscoveryIntervals withSearching(Duration every, Duration atMost) {
    return new DiscoveryIntervals(every, atMost, afterError, afterPeerLost, regular, answerLimit);
  }

  /** The same with another {@link #afterError}. */
  public DiscoveryIntervals withAfterError(Duration time) {
    return new DiscoveryIntervals(
        searching, searchingFor, time, afterPeerLost, regular, answerLimit);
  }

  /** The same with another {@link #afterPeerLost}. */
  public DiscoveryIntervals withAfterPeerLost(Duration time) {
    return new DiscoveryIntervals(searching, searchingFor, afterError, time, regular, answerLimit);
  }

  /** The same with another {@link #regular}. */
  public DiscoveryIntervals withRegular(Duration time) {
    return new DiscoveryIntervals(
        searching, searchingFor, afterError, afterPeerLost, time, answerLimit);
  }

  /** The same with another {@link #answerLimit}. */
  public DiscoveryIntervals withAnswerLimit(Duration time) {
    return new DiscoveryIntervals(
        searching, searchingFor, afterError, afterPeerLost, regular, time);
  }
}
