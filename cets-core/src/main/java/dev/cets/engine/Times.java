package dev.cets.engine;

import java.time.Duration;

/** Durations that the builder of an engine is told. */
public final class Times {
  private static final Duration LONGEST = Duration.ofDays(1);

  private Times() {}

  /**
   * This one, checked.
   *
   * @param what its name, for the message
   * @throws IllegalArgumentException if it is not more than nothing and at most a day
   */
  public static Duration positive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          what + " is " + duration + "; more than nothing and at most a day is allowed");
    }
    return duration;
  }
}
