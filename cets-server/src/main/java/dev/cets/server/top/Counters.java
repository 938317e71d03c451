package dev.cets.server.top;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a daemon has counted since it began, for each table: a part of its {@code /metrics}. */
public final class Counters {
  /** No daemon has said anything. */
  public static final Counters NONE = new Counters(Map.of());

  /** One sample of the text format of Prometheus: a name, labels, a value. */
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}\\s+(\\S+).*");

  private static final Pattern TABLE =
      Pattern.compile("(?:^|,)\\s*table=\"((?:[^\"\\\\]|\\\\.)*)\"");

  private final Map<String, Double> sums;

  private Counters(Map<String, Double> sums) {
    this.sums = Map.copyOf(sums);
  }

  /**
   * Reads them; samples of one name and table are added up, and what is of no table is not kept.
   */
  public static Counters parse(String metrics) {
    Map<String, Double> sums = new HashMap<>();
    metrics
        .lines()
        .map(SAMPLE::matcher)
        .filter(Matcher::matches)
        .forEach(
            sample -> {
              Matcher table = TABLE.matcher(sample.group(2));
              if (table.find()) {
                sums.merge(
                    key(sample.group(1), table.group(1)), number(sample.group(3)), Double::sum);
              }
            });
    return new Counters(sums);
  }

  /** Is there nothing at all? */
  public boolean isEmpty() {
    return sums.isEmpty();
  }

  /** What was counted under this name for this table; empty if nothing was. */
  public OptionalDouble of(String name, String table) {
    Double sum = sums.get(key(name, table));
    return sum == null || sum.isNaN() ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String key(String name, String table) {
    return name + "\n" + table;
  }
}
