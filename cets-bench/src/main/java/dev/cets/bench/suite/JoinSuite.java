package dev.cets.bench.suite;

import static dev.cets.bench.report.Metric.HEAP_BYTES_PER_RECORD;
import static dev.cets.bench.report.Metric.JOIN_1M_BYTES;
import static dev.cets.bench.report.Metric.JOIN_1M_INSERT_P999_MS;
import static dev.cets.bench.report.Metric.JOIN_1M_SECONDS;
import static dev.cets.bench.report.Metric.REJOIN_1PCT_BYTES;
import static dev.cets.bench.report.Metric.REJOIN_1PCT_SECONDS;

import dev.cets.bench.report.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A third node joins two that hold all records. It is a member already and its JVM runs; the clock
 * begins when it opens the table. Systems take turns here as well.
 */
final class JoinSuite {
  private static final int NODES = 3;
  private static final int PACE_PER_SECOND = 200;

  /** Of a node that was away; our own is measured by {@link RejoinSuite}. */
  private static final List<Metric> AGAIN = List.of(REJOIN_1PCT_SECONDS, REJOIN_1PCT_BYTES);

  private static final List<Metric> QUIET =
      List.of(JOIN_1M_SECONDS, JOIN_1M_BYTES, HEAP_BYTES_PER_RECORD);
  private static final List<Metric> BUSY = List.of(JOIN_1M_INSERT_P999_MS);

  private final Run run;

  JoinSuite(Run run) {
    this.run = run;
  }

  void run() {
    boolean quiet =
        QUIET.stream().anyMatch(run.plan()::wants) || AGAIN.stream().anyMatch(run.plan()::wants);
    boolean busy = BUSY.stream().anyMatch(run.plan()::wants);
    List<Metric> all = new ArrayList<>(QUIET);
    all.addAll(BUSY);
    if (!quiet && !busy) {
      return;
    }
    run.say("fills two nodes of each system with " + run.plan().records() + " records");
    try (Clusters clusters = Clusters.open(run, all, this::filled)) {
      for (int i = 0; quiet && i < run.plan().joins(); i++) {
        inTurn(clusters, QUIET, this::quiet);
      }
      for (int i = 0; busy && i < run.plan().joins(); i++) {
        inTurn(clusters, BUSY, this::busy);
      }
    }
  }

  private void inTurn(Clusters clusters, List<Metric> metrics, Consumer<Cluster> join) {
    for (Cluster cluster : clusters.list()) {
      if (!run.tried(cluster.kind(), metrics, () -> join.accept(cluster))) {
        clusters.giveUp(cluster);
      }
    }
  }

  private Cluster filled(Kind kind) {
    Cluster cluster = Cluster.seed(kind, run.jvm(), NODES, "set");
    try {
      cluster.member(0).ask("load 0 " + run.plan().records());
      cluster.begin(run.jvm()).ask("open set");
      cluster.member(1).ask("await-size " + run.plan().records());
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void quiet(Cluster cluster) {
    Kind kind = cluster.kind();
    Child third = cluster.begin(run.jvm());
    long heap = third.number("heap");
    long sent = cluster.sentBytes();
    double seconds = join(third, run.plan().records());
    sent = cluster.sentBytes() - sent;
    run.add(kind, JOIN_1M_SECONDS, seconds);
    run.add(kind, JOIN_1M_BYTES, (double) sent);
    if (run.plan().wants(HEAP_BYTES_PER_RECORD)) {
      heap = third.number("heap") - heap;
      run.add(kind, HEAP_BYTES_PER_RECORD, (double) heap / run.plan().records());
    }
    if (kind != Kind.CETS) {
      AGAIN.forEach(
          metric ->
              run.notOffered(kind, metric, "no join of what differs: takes all again, or nothing"));
    }
    cluster.leaveLast();
  }

  /** An empty node that is connected gets so many records: how long it takes. */
  static double join(Child third, int records) {
    String[] opened = third.ask("open set");
    long begin = Long.parseLong(opened[0]);
    long end = third.number("await-size " + records);
    return seconds(Math.max(end, Long.parseLong(opened[1])) - begin);
  }

  static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private void busy(Cluster cluster) {
    Child third = cluster.begin(run.jvm());
    Child serving = cluster.member(0);
    serving.ask("paced-start " + PACE_PER_SECOND);
    join(third, run.plan().records());
    long nanos = Long.parseLong(serving.ask("paced-stop")[0]);
    run.add(
        cluster.kind(), JOIN_1M_INSERT_P999_MS, nanos / (double) TimeUnit.MILLISECONDS.toNanos(1));
    cluster.leaveLast();
  }
}
