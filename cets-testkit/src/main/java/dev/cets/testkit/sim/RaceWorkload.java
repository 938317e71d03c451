package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.Outcome;
import dev.cets.replication.TableReplica;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Callers of many nodes race for keys, each of which nobody writes otherwise. */
final class RaceWorkload {
  private static final int SERIAL_KEYS = 3;
  private static final String SERIAL = "serial";

  private final Cluster cluster;
  private final Random random;
  private final Workload workload;
  private final Calls calls;
  private final RaceCheck check;
  private final Duration deadline;
  private long keys;

  RaceWorkload(
      Cluster cluster,
      Random random,
      Workload workload,
      Calls calls,
      RaceCheck check,
      Duration deadline) {
    this.cluster = cluster;
    this.random = random;
    this.workload = workload;
    this.calls = calls;
    this.check = check;
    this.deadline = deadline;
  }

  static boolean isSerial(String key) {
    return key.startsWith(SERIAL);
  }

  /** Some nodes at once, or one after the other for a key that was raced for before. */
  void race(SimulatedNode any) {
    if (keys == 0 || random.nextInt(3) > 0) {
      keys++;
    }
    String key = "u" + (keys - random.nextInt((int) Math.min(keys, 2)));
    List<SimulatedNode> nodes = cluster.nodes();
    int callers = 1 + random.nextInt(nodes.size());
    for (int i = 0; i < callers; i++) {
      insertNew(nodes.get(random.nextInt(nodes.size())), key);
    }
  }

  private void insertNew(SimulatedNode node, String key) {
    OpenTable table = node.table();
    TableReplica<?, ?> replica = node.replica();
    if (table != null && replica != null) {
      Incarnation caller = node.incarnation();
      Row row = workload.uniqueRow(key);
      calls.waitsForLeader(row);
      CompletableFuture<Outcome> outcome = table.calls().insertNew(row, deadlineNanos(), false);
      check.called(key, caller, replica, outcome);
      calls.writes(node, row, outcome);
      calls.asked(node, "insertNew", deadline, outcome);
    }
  }

  void insertSerial(SimulatedNode node) {
    OpenTable table = node.table();
    if (table != null) {
      Row row = workload.row(SERIAL + random.nextInt(SERIAL_KEYS));
      calls.waitsForLeader(row);
      CompletableFuture<Outcome> outcome = table.calls().insertSerial(row, deadlineNanos(), false);
      check.calledSerial(outcome);
      calls.asked(node, "insertSerial", deadline, outcome);
    }
  }

  private long deadlineNanos() {
    return cluster.network().now() + deadline.toNanos();
  }
}
