package dev.cets.server.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "5,PT5S",
    "0.3,PT0.3S",
    "300ms,PT0.3S",
    "5s,PT5S",
    "1.5m,PT90S",
    "2h,PT2H",
    "1d,PT24H",
    "365d,PT8760H",
    "0.0019,PT0.001S"
  })
  void parse_timesWithAndWithoutUnit(String text, Duration expected) {
    assertThat(TimeText.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "-1",
        "1 s",
        "1S",
        "1w",
        "1.s",
        ".5",
        "1e3",
        "366d",
        "1000000000",
        "\u0661s"
      })
  void parse_whatIsNoTime_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TimeText.parse(text))
        .withMessage(
            "'%s' is no time; a number with ms, s, m, h or d is needed, or one of seconds;"
                    .formatted(text)
                + " at most 365d");
  }
}
