package dev.cets.server.top;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The part of {@code /metrics} that is read. */
class CountersTest {
  @Test
  void parse_samplesOfOneNameAndTable_areAddedUp() {
    Counters counters =
        Counters.parse(
            """
            # HELP w writes
            # TYPE w counter
            w{outcome="applied",table="a"} 3.0
            w{table="a",outcome="unknown"} 1e2 1395066363000
            w{other_table="a"} 7
            w{table="b"} NaN
            free 4
            """);

    assertThat(counters.of("w", "a")).hasValue(103);
    assertThat(counters.of("w", "b")).isEmpty();
    assertThat(counters.of("w", "c")).isEmpty();
    assertThat(counters.isEmpty()).isFalse();
  }

  @Test
  void parse_whatIsNoMetrics_isEmpty() {
    assertThat(Counters.parse("<html>{table=\"a\"} 1").isEmpty()).isTrue();
    assertThat(Counters.parse("").isEmpty()).isTrue();
  }
}
