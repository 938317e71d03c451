package dev.cets.testkit.sim;

import dev.cets.replication.Outcome;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** What the callers of all nodes ask for; few keys, so that they meet. */
final class Workload {
  /** These are inserted and overwritten, but never removed. */
  static final List<String> STEADY_KEYS = List.of("s0", "s1");

  private static final int KEYS = 6;
  private static final int MANY = 3;

  /** In a bag callers have to meet in whole records. */
  private static final int KEYS_OF_BAG = 4;

  private static final int VALUES_OF_BAG = 3;

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Cluster cluster;
  private final Random random;
  private final boolean bag;
  private final Calls calls;
  private long values;

  Workload(Cluster cluster, Random random, boolean bag, Calls calls) {
    this.cluster = cluster;
    this.random = random;
    this.bag = bag;
    this.calls = calls;
  }

  void insert(SimulatedNode node) {
    insert(node, "insert", List.of(row(key())));
  }

  void insertMany(SimulatedNode node) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      rows.add(row(key()));
    }
    insert(node, "insertMany", rows);
  }

  void insertSteady(SimulatedNode node) {
    insert(node, "insert", List.of(row(STEADY_KEYS.get(random.nextInt(STEADY_KEYS.size())))));
  }

  private void insert(SimulatedNode node, String name, List<Row> rows) {
    OpenTable table = node.table();
    if (table != null) {
      CompletableFuture<Outcome> outcome = table.calls().insert(rows, deadline(), false);
      if (!bag) {
        calls.writes(node, rows.getLast(), outcome);
      }
      asked(node, name, outcome);
    }
  }

  void delete(SimulatedNode node) {
    delete(node, "delete", List.of(key()));
  }

  void deleteMany(SimulatedNode node) {
    delete(node, "deleteMany", List.of(key(), key()));
  }

  private void delete(SimulatedNode node, String name, List<String> keys) {
    OpenTable table = node.table();
    if (table != null) {
      asked(node, name, table.calls().delete(keys, deadline(), false));
    }
  }

  /** Of a record that stands here, or of one that does not. */
  void deleteObject(SimulatedNode node) {
    deleteObjects(node, "deleteObject", 1);
  }

  /** Of several at once, absent ones among them. */
  void deleteObjects(SimulatedNode node) {
    deleteObjects(node, "deleteObjects", MANY);
  }

  private void deleteObjects(SimulatedNode node, String name, int count) {
    OpenTable table = node.table();
    if (table != null) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        rows.add(standing(table, key()));
      }
      asked(node, name, table.calls().deleteObjects(rows, deadline(), true));
    }
  }

  private Row standing(OpenTable table, String key) {
    List<Row> rows = table.lookup(key);
    return rows.isEmpty() || random.nextInt(4) == 0
        ? new Row(key, 0)
        : rows.get(random.nextInt(rows.size()));
  }

  /** For a key that others write and remove as well. */
  void insertNew(SimulatedNode node) {
    serial(
        node, "insertNew", key(), (table, row) -> table.calls().insertNew(row, deadline(), false));
  }

  /** The same. */
  void insertSerial(SimulatedNode node) {
    serial(
        node,
        "insertSerial",
        key(),
        (table, row) -> table.calls().insertSerial(row, deadline(), false));
  }

  private void serial(
      SimulatedNode node,
      String name,
      String key,
      BiFunction<OpenTable, Row, CompletableFuture<Outcome>> call) {
    OpenTable table = node.table();
    if (table != null) {
      Row row = row(key);
      calls.waitsForLeader(row);
      CompletableFuture<Outcome> outcome = call.apply(table, row);
      if (!bag) {
        calls.writes(node, row, outcome);
      }
      asked(node, name, outcome);
    }
  }

  /** Of the record that stands here, or of one that does not; a plain insert into a bag. */
  void replace(SimulatedNode node) {
    LocalTable<String, Row> keyed = node.keyed();
    if (keyed == null) {
      insert(node);
      return;
    }
    String key = key();
    Row standing = keyed.lookup(key);
    Row expected = standing == null ? new Row(key, 0) : standing;
    serial(node, "replace", key, (table, row) -> keyed.replace(expected, row, deadline(), false));
  }

  private String key() {
    return "k" + random.nextInt(bag ? KEYS_OF_BAG : KEYS);
  }

  private long deadline() {
    return cluster.network().now() + DEADLINE.toNanos();
  }

  private void asked(SimulatedNode node, String name, CompletableFuture<Outcome> call) {
    calls.asked(node, name, DEADLINE, call);
  }

  /** A record unlike any other. */
  Row uniqueRow(String key) {
    return new Row(key, VALUES_OF_BAG + ++values);
  }

  /** The same; in a bag, one that others may insert as well. */
  Row row(String key) {
    return bag ? new Row(key, 1 + random.nextInt(VALUES_OF_BAG)) : uniqueRow(key);
  }
}
