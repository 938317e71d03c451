package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.replication.Witness.SeenChange;
import dev.cets.replication.Witness.SeenVersion;
import dev.cets.table.TableCalls;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In the end replicas are equal, equal to what follows from the set of writes, and readers see the
 * same everywhere.
 */
final class EqualityCheck implements Checker {
  private static final Comparator<Row> BY_KEY =
      Comparator.comparing(Row::key).thenComparingLong(Row::value);

  private final Cluster cluster;
  private final WriteHistory history;
  private final Verdict verdict;

  EqualityCheck(Cluster cluster, WriteHistory history, Verdict verdict) {
    this.cluster = cluster;
    this.history = history;
    this.verdict = verdict;
  }

  @Override
  public void end() {
    verdict.check("replicas are equal, and equal to the set of writes", this::replicas);
    verdict.check("readers see the same", this::visibleDiffers);
  }

  private @Nullable String replicas() {
    Map<String, TableSnapshot> replicas = new LinkedHashMap<>();
    for (SimulatedNode node : cluster.up()) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null) {
        replicas.put(node.name(), replica.snapshot());
      }
    }
    if (replicas.isEmpty()) {
      return null;
    }
    TableSnapshot first = replicas.values().iterator().next();
    for (Map.Entry<String, TableSnapshot> replica : replicas.entrySet()) {
      String wrong = violation(replica.getKey(), replica.getValue(), first);
      if (wrong != null) {
        return wrong;
      }
    }
    return lostOrRevived(first);
  }

  private @Nullable String violation(String node, TableSnapshot replica, TableSnapshot first) {
    if (!replica.live().equals(first.live())) {
      return "replicas differ: " + node + " " + difference(replica.live(), first.live());
    }
    if (replica.versions() != replica.live().size()) {
      return "a version stands twice at " + node;
    }
    if (!replica.unbroken().equals(first.unbroken())) {
      return "seen differs: " + node + " " + replica.unbroken() + " and " + first.unbroken();
    }
    Set<LiveVersion> early = new HashSet<>(replica.early());
    // of one that is down nobody may ever have taken in the write itself
    early.removeIf(version -> cluster.running(version.origin()) == null);
    return early.isEmpty() ? null : "early removals stay at " + node + ": " + early;
  }

  private @Nullable String lostOrRevived(TableSnapshot state) {
    Set<LiveVersion> put = new HashSet<>();
    Set<LiveVersion> removed = new HashSet<>();
    for (WriteHistory.Made write : history.writes()) {
      if (write.stamp() > state.unbroken().getOrDefault(write.origin(), 0L)) {
        continue; // it went with its origin
      }
      for (SeenChange change : write.changes()) {
        for (SeenVersion old : history.removes(write.origin(), change)) {
          removed.add(new LiveVersion(change.key(), old.origin(), old.stamp()));
        }
        LiveVersion version = new LiveVersion(change.key(), write.origin(), write.stamp());
        if (change.inserts() && history.removers(version).isEmpty()) {
          put.add(version);
        }
      }
    }
    put.removeAll(state.live());
    if (!put.isEmpty()) {
      return "lost: " + put;
    }
    removed.retainAll(state.live());
    return removed.isEmpty() ? null : "came back: " + removed;
  }

  private static String difference(Set<LiveVersion> a, Set<LiveVersion> b) {
    Set<String> only = new TreeSet<>();
    a.stream().filter(version -> !b.contains(version)).forEach(v -> only.add("only there " + v));
    b.stream().filter(version -> !a.contains(version)).forEach(v -> only.add("not there " + v));
    return only.stream().limit(3).toList().toString();
  }

  private @Nullable String visibleDiffers() {
    List<Row> first = null;
    for (SimulatedNode node : cluster.up()) {
      OpenTable open = node.table();
      if (open != null) {
        TableCalls<String, Row> table = open.calls();
        List<Row> rows = table.stream().sorted(BY_KEY).toList();
        if (rows.size() != table.size()) {
          return node.name() + " has " + rows.size() + " records and says " + table.size();
        }
        if (first != null && !first.equals(rows)) {
          return "readers see " + first + " and at " + node.name() + " " + rows;
        }
        first = rows;
      }
    }
    return null;
  }
}
