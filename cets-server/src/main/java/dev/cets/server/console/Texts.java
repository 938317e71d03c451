package dev.cets.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.StringJoiner;

/** Answers for people. */
public final class Texts {
  private static final double MILLIS_PER_SECOND = 1000;

  private Texts() {}

  /** The texts of a JSON array; a dash if there are none. */
  public static String list(JsonNode array) {
    var joined = new StringJoiner(", ");
    array.forEach(item -> joined.add(item.asText()));
    return joined.length() == 0 ? "-" : joined.toString();
  }

  /** A number with separators, the same in every country. */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** One decimal, the same in every country. */
  public static String decimal(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /** A span of time: two figures are enough. */
  public static String span(double seconds) {
    Duration span = Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
    if (span.toMinutes() == 0) {
      return decimal(seconds) + " s";
    }
    if (span.toHours() == 0) {
      return span.toMinutes() + " min " + span.toSecondsPart() + " s";
    }
    return span.toDays() == 0
        ? span.toHours() + " h " + span.toMinutesPart() + " min"
        : span.toDays() + " d " + span.toHoursPart() + " h";
  }
}
