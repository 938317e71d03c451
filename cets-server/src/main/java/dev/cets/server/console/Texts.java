package dev.cets.server.console;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.StringJoiner;

/** Answers for people. */
public final class Texts {
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
}
