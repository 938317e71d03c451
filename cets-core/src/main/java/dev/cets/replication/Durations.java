package dev.cets.replication;

import java.time.Duration;
import java.util.Locale;

/** Durations as numbers, and for people. */
public final class Durations {
  /** Nobody waits for longer. */
  static final Duration LONGEST = Duration.ofDays(365);

  private static final double NANOS_PER_SECOND = 1e9;

  /** Longer than anybody waits, and short enough that sums with times do not overflow. */
  static final long LONGEST_NANOS = LONGEST.toNanos();

  private Durations() {}

  /** In nanoseconds; a year at most. */
  public static long saturatedNanos(Duration duration) {
    return duration.compareTo(LONGEST) > 0 ? LONGEST_NANOS : duration.toNanos();
  }

  /** For people: two figures are enough. */
  public static String text(long nanos) {
    Duration span = Duration.ofNanos(nanos);
    if (span.toMinutes() == 0) {
      return span.toNanosPart() == 0
          ? span.toSeconds() + " s"
          : String.format(Locale.ROOT, "%.1f s", nanos / NANOS_PER_SECOND);
    }
    if (span.toHours() == 0) {
      return span.toMinutes() + " min " + span.toSecondsPart() + " s";
    }
    return span.toDays() == 0
        ? span.toHours() + " h " + span.toMinutesPart() + " min"
        : span.toDays() + " d " + span.toHoursPart() + " h";
  }

  static String text(Duration duration) {
    return text(saturatedNanos(duration));
  }
}
