package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.server.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleReportTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String options) {
    return Cli.run(
        new Terminal(printing(out), printing(err), false, false), options.split(" ", -1));
  }

  private static PrintStream printing(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  @Test
  void scale_oneSizeAsJson_oneDocument() throws IOException {
    assertThat(run("sim --scale --cold --nodes 3 --records 300 --json")).isZero();

    JsonNode sizes = new ObjectMapper().readTree(out.toByteArray()).get("sizes");
    assertThat(sizes).hasSize(1);
    assertThat(sizes.get(0).get("links").asInt()).isEqualTo(3);
    assertThat(sizes.get(0).get("insert").get("messages").asInt()).isEqualTo(4);
  }

  @Test
  void scale_oneSize_twoTablesWithARowEach() {
    assertThat(run("sim --scale --cold --nodes 3 --records 300")).isZero();

    List<String> rows =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.startsWith("| 3 | 300 |"))
            .toList();
    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst()).startsWith("| 3 | 300 | 3 | 4 |");
  }

  @Test
  void scale_moreThanTheHeapHolds_leftOutAndSaid() {
    assertThat(run("sim --scale --cold --nodes 64 --records 10000000")).isEqualTo(1);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("64 nodes with 10000000 records are left out");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sim --scale --nodes 65",
        "sim --scale --records 99",
        "sim --records 100",
        "sim --scale --planted"
      })
  void scale_badOptions_oneSentence(String options) {
    assertThat(run(options)).isEqualTo(2);

    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("cets sim: ").hasLineCount(1);
  }
}
