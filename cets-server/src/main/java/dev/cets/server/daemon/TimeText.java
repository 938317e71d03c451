package dev.cets.server.daemon;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A time as people write it: {@code 300ms}, {@code 5s}, {@code 10m}; seconds without a unit. */
public final class TimeText {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h|d)?");
  private static final Duration MAX = Duration.ofDays(365);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private TimeText() {}

  /**
   * Reads the text; fractions of a millisecond are cut off.
   *
   * @throws IllegalArgumentException with one sentence
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      Duration time = Duration.ofMillis(millis(matcher.group(1), matcher.group(2)));
      if (time.compareTo(MAX) <= 0) {
        return time;
      }
    }
    throw new IllegalArgumentException(
        "'%s' is no time; a number with ms, s, m, h or d is needed, or one of seconds; at most 365d"
            .formatted(text));
  }

  private static long millis(String number, @Nullable String unit) {
    long factor = MILLIS.getOrDefault(unit == null ? "s" : unit, 0L);
    return new BigDecimal(number).multiply(BigDecimal.valueOf(factor)).longValue();
  }
}
