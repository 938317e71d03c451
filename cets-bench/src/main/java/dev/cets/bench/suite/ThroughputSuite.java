package dev.cets.bench.suite;

import static dev.cets.bench.report.Metric.GET_SET;
import static dev.cets.bench.report.Metric.INSERT_ASYNC_1;
import static dev.cets.bench.report.Metric.INSERT_MANY_100;
import static dev.cets.bench.report.Metric.INSERT_NEW_LOCAL_LEADER;
import static dev.cets.bench.report.Metric.INSERT_NEW_REMOTE_LEADER;
import static dev.cets.bench.report.Metric.INSERT_SYNC_1;
import static dev.cets.bench.report.Metric.INSERT_SYNC_64;
import static dev.cets.bench.report.Metric.RAW_ROUNDTRIP;

import dev.cets.bench.report.Metric;
import java.util.List;

/** Writes and reads: three processes of every system at a time, measured in turn. */
final class ThroughputSuite {
  private static final int NODES = 3;
  private static final int KEYS = 100_000;

  /**
   * In this order: many writers warm up in a second what one would need a minute for, and what
   * makes the tables larger comes last.
   */
  private static final List<Metric> METRICS =
      List.of(
          INSERT_SYNC_64,
          INSERT_MANY_100,
          INSERT_ASYNC_1,
          INSERT_SYNC_1,
          GET_SET,
          INSERT_NEW_LOCAL_LEADER,
          INSERT_NEW_REMOTE_LEADER);

  private final Run run;

  ThroughputSuite(Run run) {
    this.run = run;
  }

  void run() {
    List<Metric> wanted = METRICS.stream().filter(run.plan()::wants).toList();
    if (wanted.isEmpty() && !run.plan().wants(RAW_ROUNDTRIP)) {
      return;
    }
    run.say("starts three processes of each system");
    try (Clusters clusters =
        Clusters.open(run, wanted, kind -> Cluster.open(kind, run.jvm(), NODES, "set"))) {
      Rates rates = new Rates(run);
      raw(rates);
      for (Metric metric : wanted) {
        if (metric == GET_SET) {
          clusters.list().forEach(cluster -> cluster.member(0).ask("load 0 " + KEYS));
        }
        rates.measure(clusters.list(), metric, metric == INSERT_NEW_REMOTE_LEADER ? 1 : 0);
      }
    }
  }

  private void raw(Rates rates) {
    if (run.plan().wants(RAW_ROUNDTRIP)) {
      run.tried(
          Kind.RAW,
          List.of(RAW_ROUNDTRIP),
          () -> {
            try (Cluster raw = Cluster.open(Kind.RAW, run.jvm(), NODES, "set")) {
              rates.measure(List.of(raw), RAW_ROUNDTRIP, 0);
            }
          });
    }
  }
}
