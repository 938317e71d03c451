package dev.cets.replication;

import java.time.Duration;

/** Durations as numbers. */
public final class Durations {
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Longer than anybody waits, and short enough that sums with times do not overflow. */
  static final long LONGEST_NANOS = LONGEST.toNanos();

  private Durations() {}

  /** In nanoseconds; a year at most. */
  public static long saturatedNanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST_NANOS : duration.toNanos();
  }
}
