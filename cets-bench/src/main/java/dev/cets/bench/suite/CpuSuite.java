package dev.cets.bench.suite;

import static dev.cets.bench.report.Metric.INSERT_SYNC_1;

import dev.cets.bench.report.Metric;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an insert costs all processes together, as the cluster grows. */
final class CpuSuite {
  private static final List<Size> SIZES =
      List.of(
          new Size(3, Metric.CPU_US_PER_INSERT),
          new Size(5, Metric.CPU_US_PER_INSERT_5_NODES),
          new Size(7, Metric.CPU_US_PER_INSERT_7_NODES));

  private final Run run;

  private record Size(int nodes, Metric metric) {}

  CpuSuite(Run run) {
    this.run = run;
  }

  void run() {
    for (Size size : SIZES) {
      if (run.plan().wants(size.metric)) {
        for (Kind kind : run.kinds()) {
          run.tried(kind, List.of(size.metric), () -> measure(kind, size));
        }
      }
    }
  }

  private void measure(Kind kind, Size size) {
    try (Cluster cluster = Cluster.open(kind, run.jvm(), size.nodes, "set")) {
      Rates.round(cluster, INSERT_SYNC_1, 0, run.plan().coldMillis());
      for (int i = 0; i < run.plan().rounds(); i++) {
        long cpu = cluster.cpuNanos();
        Rates.Done done = Rates.round(cluster, INSERT_SYNC_1, 0, run.plan().roundMillis());
        cpu = cluster.cpuNanos() - cpu;
        run.add(
            kind, size.metric, cpu / (double) TimeUnit.MICROSECONDS.toNanos(1) / done.operations());
      }
    }
  }
}
