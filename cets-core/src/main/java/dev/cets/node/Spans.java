package dev.cets.node;

import java.time.Duration;
import java.util.Locale;

/** Spans of time for people: two figures are enough. */
final class Spans {
  private Spans() {}

  static String text(long nanos) {
    Duration span = Duration.ofNanos(nanos);
    if (span.toMinutes() == 0) {
      return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }
    if (span.toHours() == 0) {
      return span.toMinutes() + " min " + span.toSecondsPart() + " s";
    }
    return span.toDays() == 0
        ? span.toHours() + " h " + span.toMinutesPart() + " min"
        : span.toDays() + " d " + span.toHoursPart() + " h";
  }
}
