package dev.cets.server.cli;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in seconds, with a fraction if need be. */
final class Seconds implements ITypeConverter<Duration> {
  private static final BigDecimal MAX = BigDecimal.valueOf(3600);
  private static final BigDecimal MIN = new BigDecimal("0.001");

  @Override
  public Duration convert(String text) {
    try {
      var seconds = new BigDecimal(text);
      if (seconds.compareTo(MIN) >= 0 && seconds.compareTo(MAX) <= 0) {
        return Duration.ofMillis(seconds.movePointRight(3).longValue());
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new TypeConversionException(
        "'" + text + "' is no time; seconds of 0.001 to 3600 are needed");
  }
}
