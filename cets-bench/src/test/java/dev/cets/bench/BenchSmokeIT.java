package dev.cets.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.bench.report.Document;
import dev.cets.bench.report.Metric;
import dev.cets.bench.report.Result;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The whole way, with rounds so short that the figures mean nothing: real processes, real peers.
 */
class BenchSmokeIT {
  private static final List<Metric> METRICS =
      List.of(
          Metric.INSERT_SYNC_1,
          Metric.INSERT_MANY_100,
          Metric.JOIN_1M_SECONDS,
          Metric.JOIN_1M_BYTES);

  @Test
  void bench_oursAndOnePeer_oneDocumentWithAFigureInEachCell() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] options =
        ("--json --records 10000 --millis 100 --system jgroups "
                + String.join(
                    " ", METRICS.stream().map(metric -> "--metric " + metric.id()).toList()))
            .split(" ");

    int exitCode = Main.run(printing(out), printing(err), options);

    assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
    Document document = Document.parse(out.toString(StandardCharsets.UTF_8));
    assertThat(document.missing()).isEmpty();
    assertThat(document.results()).hasSize(2 * METRICS.size());
    assertThat(document.results())
        .allSatisfy(
            result -> {
              assertThat(METRICS).contains(Metric.of(result.metric()));
              assertThat(result.value()).isPositive();
              assertThat(result.unit()).isEqualTo(Metric.of(result.metric()).unit());
            });
    assertThat(document.results()).extracting(Result::system).containsOnly("cets", "jgroups");
    assertThat(document.setting().versions()).containsKey("jgroups");
    assertThat(document.setting().versions().get("jgroups")).startsWith("5.");
  }

  private static PrintStream printing(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }
}
