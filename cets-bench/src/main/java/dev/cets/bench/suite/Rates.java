package dev.cets.bench.suite;

import dev.cets.bench.report.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How much per second: every system warms up, then they take turns, so that what disturbs the
 * machine disturbs all of them.
 */
final class Rates {
  private final Run run;

  /** Those whose code has been compiled by much work of one kind already. */
  private final Set<Cluster> warm = new HashSet<>();

  Rates(Run run) {
    this.run = run;
  }

  /** Measures at one child of each cluster. */
  void measure(List<Cluster> clusters, Metric metric, int member) {
    if (!run.plan().wants(metric)) {
      return;
    }
    List<Cluster> able = new ArrayList<>();
    for (Cluster cluster : clusters) {
      if (run.tried(
          cluster.kind(),
          List.of(metric),
          () -> round(cluster, metric, member, warmUpMillis(cluster)))) {
        able.add(cluster);
      }
    }
    for (int i = 0; i < run.plan().rounds(); i++) {
      for (Cluster cluster : able) {
        run.tried(
            cluster.kind(),
            List.of(metric),
            () ->
                run.add(
                    cluster.kind(),
                    metric,
                    round(cluster, metric, member, run.plan().roundMillis()).perSecond()));
      }
    }
  }

  private int warmUpMillis(Cluster cluster) {
    return warm.add(cluster) ? run.plan().coldMillis() : run.plan().warmUpMillis();
  }

  /** What a round did. */
  record Done(long operations, long nanos) {
    double perSecond() {
      return operations * (double) TimeUnit.SECONDS.toNanos(1) / nanos;
    }
  }

  static Done round(Cluster cluster, Metric metric, int member, int millis) {
    String[] words = cluster.member(member).ask("round " + loop(metric) + " " + millis);
    return new Done(Long.parseLong(words[0]), Long.parseLong(words[1]));
  }

  /** The raw system's round trip is its synchronous write. */
  private static String loop(Metric metric) {
    return metric == Metric.RAW_ROUNDTRIP ? Metric.INSERT_SYNC_1.id() : metric.id();
  }
}
