package dev.cets.bench.suite;

import static dev.cets.bench.report.Metric.REJOIN_1PCT_BYTES;
import static dev.cets.bench.report.Metric.REJOIN_1PCT_SECONDS;

import dev.cets.bench.report.Metric;
import java.util.List;

/**
 * One of three nodes hangs until the others hold it to be down and have written one record in a
 * hundred anew; then it goes on. The clock begins there, and ends when it has what was written and
 * is joined with both. Other nodes each time: one that comes and goes is linked later.
 */
final class RejoinSuite {
  private static final int NODES = 3;

  private final Run run;

  RejoinSuite(Run run) {
    this.run = run;
  }

  void run() {
    List<Metric> metrics = List.of(REJOIN_1PCT_SECONDS, REJOIN_1PCT_BYTES);
    if (metrics.stream().noneMatch(run.plan()::wants)) {
      return;
    }
    run.say("cets: three nodes, one is away for a while");
    run.tried(
        Kind.CETS,
        metrics,
        () -> {
          for (int i = 0; i < run.plan().joins(); i++) {
            try (Cluster cluster = Cluster.open(Kind.CETS, run.jvm(), NODES, "set")) {
              cluster.member(0).ask("load 0 " + run.plan().records());
              rejoin(cluster);
            }
          }
        });
  }

  private void rejoin(Cluster cluster) {
    Child writer = cluster.member(0);
    Child away = cluster.member(NODES - 1);
    int to = run.plan().percent(1);
    long sent = cluster.sentBytes();
    away.freeze();
    writer.ask("await-joined " + (NODES - 1));
    cluster.member(1).ask("await-joined " + (NODES - 1));
    long before = writer.number("sent") + cluster.member(1).number("sent");
    writer.ask("rewrite 0 " + to);
    long written = writer.number("sent") + cluster.member(1).number("sent") - before;
    away.tell("await-rewritten " + (to - 1) + " " + NODES);
    long begin = System.nanoTime();
    away.thaw();
    long end = Long.parseLong(away.words()[0]);
    run.add(Kind.CETS, REJOIN_1PCT_SECONDS, JoinSuite.seconds(end - begin));
    run.add(Kind.CETS, REJOIN_1PCT_BYTES, (double) (cluster.sentBytes() - sent - written));
  }
}
