package dev.cets.testkit.sim;

import dev.cets.replication.Outcome;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the callers of all nodes ask for; few keys, so that they meet. */
final class Workload {
  /** These are inserted and overwritten, but never removed. */
  static final List<String> STEADY_KEYS = List.of("s0", "s1");

  private static final int KEYS = 6;
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Random random;
  private final CallCheck calls;
  private final Map<String, Integer> operations = new TreeMap<>();
  private long values;

  Workload(Cluster cluster, Random random, CallCheck calls) {
    this.cluster = cluster;
    this.random = random;
    this.calls = calls;
  }

  Map<String, Integer> operations() {
    return operations;
  }

  void insert(SimulatedNode node) {
    insert(node, "insert", List.of(key()));
  }

  void insertMany(SimulatedNode node) {
    insert(node, "insertMany", null);
  }

  void insertSteady(SimulatedNode node) {
    insert(node, "insert", List.of(STEADY_KEYS.get(random.nextInt(STEADY_KEYS.size()))));
  }

  private void insert(SimulatedNode node, String name, @Nullable List<String> keys) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      List<Row> rows = new ArrayList<>();
      if (keys == null) {
        for (int i = 0; i < 3; i++) {
          rows.add(row(key()));
        }
      } else {
        keys.forEach(key -> rows.add(row(key)));
      }
      asked(node, name, table.insert(rows, deadline(), false));
    }
  }

  void delete(SimulatedNode node) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      asked(node, "delete", table.delete(List.of(key()), deadline(), false));
    }
  }

  void deleteMany(SimulatedNode node) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      asked(node, "deleteMany", table.delete(List.of(key(), key()), deadline(), false));
    }
  }

  /** Of the record that stands here, or of one that does not. */
  void deleteObject(SimulatedNode node) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      String key = key();
      Row standing = table.lookup(key);
      Row row = standing == null || random.nextInt(4) == 0 ? new Row(key, 0) : standing;
      asked(node, "deleteObject", table.deleteObjects(List.of(row), deadline(), true));
    }
  }

  private String key() {
    return "k" + random.nextInt(KEYS);
  }

  private long deadline() {
    return cluster.network().now() + DEADLINE.toNanos();
  }

  private void asked(SimulatedNode node, String name, CompletableFuture<Outcome> call) {
    asked(node, name, DEADLINE, call);
  }

  void asked(SimulatedNode node, String name, Duration deadline, CompletableFuture<Outcome> call) {
    operations.merge(name, 1, Integer::sum);
    calls.begun(node, name, deadline, call);
  }

  /** A record unlike any other. */
  Row row(String key) {
    return new Row(key, ++values);
  }
}
