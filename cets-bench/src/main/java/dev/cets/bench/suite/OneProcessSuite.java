package dev.cets.bench.suite;

import static dev.cets.bench.report.Metric.GET_ORDERED;
import static dev.cets.bench.report.Metric.INSERT_SERIAL_8_NODES_SAME_KEY;
import static dev.cets.bench.report.Metric.RANGE_100;

import dev.cets.bench.report.Metric;
import java.util.List;

/** What one process is enough for: ordered reads, and eight nodes that write one key. */
final class OneProcessSuite {
  private static final int NODES = 8;
  private static final int KEYS = 100_000;

  private final Run run;

  OneProcessSuite(Run run) {
    this.run = run;
  }

  void run() {
    measure(
        List.of(GET_ORDERED, RANGE_100),
        kind -> {
          Cluster cluster = Cluster.seed(kind, run.jvm(), 1, "ordered");
          cluster.member(0).ask("load 0 " + KEYS);
          return cluster;
        });
    measure(
        List.of(INSERT_SERIAL_8_NODES_SAME_KEY),
        kind -> Cluster.inOneProcess(kind, run.jvm(), NODES));
  }

  private void measure(List<Metric> metrics, Clusters.Opening opening) {
    List<Metric> wanted = metrics.stream().filter(run.plan()::wants).toList();
    if (wanted.isEmpty()) {
      return;
    }
    try (Clusters clusters = Clusters.open(run, wanted, opening)) {
      Rates rates = new Rates(run);
      wanted.forEach(metric -> rates.measure(clusters.list(), metric, 0));
    }
  }
}
