package dev.cets.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoakReportTest {
  private static final long MIB = 1L << 20;

  private static String printed(SoakReport report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    report.print(new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void problems_flatMemory_none() {
    assertThat(SampleSoak.flat().problems()).isEmpty();
    assertThat(printed(SampleSoak.flat()))
        .contains("stopped 1 times, 1 of them for over 8 s", "30.0, then 30.0 MiB")
        .contains("again within 1.5 s", "equal within 2.5 s", "nothing went wrong");
  }

  @Test
  void problems_liveHeapGrows_eachNodeIsNamed() {
    SoakReport report =
        SampleSoak.with(sample -> (30 + sample) * MIB, sample -> 120 * MIB, List.of());

    assertThat(report.problems())
        .hasSize(3)
        .contains("the live heap of n2 grows: 59.5 MiB in the second third, 79.5 MiB in the last");
    assertThat(printed(report)).contains("WRONG: ").doesNotContain("nothing went wrong");
  }

  @Test
  void problems_residentMemoryGrows_isNamed() {
    SoakReport report =
        SampleSoak.with(sample -> 30 * MIB, sample -> (100 + 4 * sample) * MIB, List.of());

    assertThat(report.problems()).hasSize(3).allMatch(problem -> problem.contains("resident"));
  }

  @Test
  void problems_somethingFailed_isTold() {
    SoakReport report = SampleSoak.with(sample -> MIB, sample -> MIB, List.of("n1 is gone"));

    assertThat(report.problems()).containsExactly("n1 is gone");
  }

  @Test
  void parse_jsonOfASoak_isTheSame() {
    assertThat(SoakReport.parse(SampleSoak.flat().json())).isEqualTo(SampleSoak.flat());
  }

  @Test
  void parse_textOfSomethingElse_saysSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SoakReport.parse(SampleDocument.whole().json()))
        .withMessageContaining("not the result of a soak");
  }
}
