package dev.cets.server.cli;

import java.util.List;
import java.util.Map;

/** A table of the config file that is written as a map of its parts. */
final class TableParts {
  private static final String KEEP = "keep";
  private static final List<String> NEEDED = List.of("name", "type", "key");
  private static final List<String> TIMES = List.of("grace", "retention");

  private TableParts() {}

  /**
   * The same as the command line writes it.
   *
   * @throws IllegalArgumentException if a part is missing or unknown, with its place
   */
  static String text(GivenValue place, Map<String, GivenValue> parts) {
    StringBuilder text = new StringBuilder();
    for (String key : NEEDED) {
      GivenValue part = parts.get(key);
      if (part == null) {
        throw place.refused("a table needs '" + key + "'");
      }
      if (part.text().indexOf(':') >= 0) {
        throw part.refused("'%s' is '%s'; no colon is allowed".formatted(key, part.text()));
      }
      text.append(text.isEmpty() ? "" : ":").append(part.text());
    }
    parts.forEach(
        (key, part) -> {
          if (key.equals(KEEP)) {
            text.append(keep(part) ? ":" + KEEP : "");
          } else if (TIMES.contains(key)) {
            text.append(':').append(key).append('=').append(part.text());
          } else if (!NEEDED.contains(key)) {
            throw part.refused(
                "'%s' is no part of a table; name, type, key, keep, grace and retention are allowed"
                    .formatted(key));
          }
        });
    return text.toString();
  }

  private static boolean keep(GivenValue part) {
    if (!part.text().equals("true") && !part.text().equals("false")) {
      throw part.refused("'keep' is '%s'; true or false is allowed".formatted(part.text()));
    }
    return part.text().equals("true");
  }
}
