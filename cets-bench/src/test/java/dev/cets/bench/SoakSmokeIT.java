package dev.cets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.bench.report.SoakReport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made for hours and millions, with real processes, for seconds and thousands. */
class SoakSmokeIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private String run(String options) {
    int exitCode = Main.run(printing(out), printing(err), options.split(" "));
    assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static PrintStream printing(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  @Test
  void soak_fewSeconds_nodesWriteArePausedAndEndEqual() throws Exception {
    Path graph = folder.resolve("soak.svg");

    SoakReport report =
        SoakReport.parse(run("--soak --minutes 0.1 --keys 2000 --json --graph " + graph));

    assertThat(report.problems()).isEmpty();
    assertThat(report.pauses()).isNotEmpty();
    assertThat(report.samples().getLast().nodes())
        .hasSize(3)
        .allSatisfy(
            node -> {
              assertThat(node.written()).isPositive();
              assertThat(node.heapBytes()).isPositive();
            });
    assertThat(Files.readString(graph)).contains("<svg");
  }

  @Test
  void join_fewRecords_tellsTimeAndHeapOfEachNode() {
    String text = run("--join --records 5000 --value-bytes 100 --nodes 2 --heap 64m");

    assertThat(text)
        .contains("5,000 records of 100 bytes", "-Xmx64m")
        .containsOnlyOnce("joining node, heap in MiB")
        .contains("inserts at a serving node meanwhile");
    assertThat(text.lines().filter(line -> line.startsWith("serving node"))).hasSize(2);
  }

  @Test
  void join_heapThatIsTooSmall_failsAndSaysSo() {
    String options = "--join --records 50000 --value-bytes 1000 --nodes 1 --heap 32m";

    assertThat(Main.run(printing(out), printing(err), options.split(" "))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("OutOfMemoryError");
  }
}
