package dev.cets.bench.suite;

import static dev.cets.bench.report.Metric.HIDE_100K_OF_1M_MS;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node that owns a tenth of the records is killed; the clock begins there, and ends when readers
 * at a survivor see none of them any more, and its size says so.
 */
final class HideSuite {
  private static final int NODES = 3;

  private final Run run;

  HideSuite(Run run) {
    this.run = run;
  }

  void run() {
    if (!run.plan().wants(HIDE_100K_OF_1M_MS)) {
      return;
    }
    for (Kind kind : run.kinds()) {
      if (kind == Kind.CETS) {
        run.say("cets: a node with a tenth of the records is killed");
        for (int i = 0; i < run.plan().joins(); i++) {
          run.tried(kind, List.of(HIDE_100K_OF_1M_MS), this::killOne);
        }
      } else {
        run.notOffered(kind, HIDE_100K_OF_1M_MS, "records have no owner, and stay");
      }
    }
  }

  private void killOne() {
    int all = run.plan().records();
    int others = all - run.plan().percent(10);
    try (Cluster cluster = Cluster.open(Kind.CETS, run.jvm(), NODES, "owned")) {
      Child survivor = cluster.member(0);
      Child victim = cluster.member(NODES - 1);
      survivor.ask("load 0 " + others);
      victim.ask("load " + others + " " + all);
      survivor.ask("await-size " + all);
      survivor.tell("await-gone " + (all - 1) + " " + others);
      long begin = victim.kill();
      long end = Long.parseLong(survivor.words()[0]);
      run.add(
          Kind.CETS, HIDE_100K_OF_1M_MS, (end - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1));
    }
  }
}
