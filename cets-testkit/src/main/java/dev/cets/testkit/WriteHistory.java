package dev.cets.testkit;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.replication.Witness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Every write that any node ever applied, and what follows for the replicas: a stupid model that
 * knows only the set of writes, and nothing of links, pulls or peers.
 */
final class WriteHistory {
  private record Made(Incarnation origin, long stamp, List<Witness.SeenChange> changes) {}

  private final List<Made> writes = new ArrayList<>();

  void written(Incarnation origin, long stamp, List<Witness.SeenChange> changes) {
    writes.add(new Made(origin, stamp, changes));
  }

  int size() {
    return writes.size();
  }

  /** What is wrong with replicas that should be equal by now, or null. */
  @Nullable String violation(Map<String, TableSnapshot> replicas) {
    TableSnapshot first = replicas.values().iterator().next();
    for (Map.Entry<String, TableSnapshot> replica : replicas.entrySet()) {
      String wrong = violation(replica.getKey(), replica.getValue(), first);
      if (wrong != null) {
        return wrong;
      }
    }
    return lostOrRevived(first);
  }

  private static @Nullable String violation(
      String node, TableSnapshot replica, TableSnapshot first) {
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
    early.removeIf(version -> replica.gone().contains(version.origin()));
    return early.isEmpty() ? null : "early removals stay at " + node + ": " + early;
  }

  private @Nullable String lostOrRevived(TableSnapshot state) {
    Set<LiveVersion> put = new HashSet<>();
    Set<LiveVersion> removed = new HashSet<>();
    Set<LiveVersion> everRemoved = new HashSet<>();
    for (Made write : writes) {
      boolean takenIn = write.stamp() <= state.unbroken().getOrDefault(write.origin(), 0L);
      for (Witness.SeenChange change : write.changes()) {
        for (Witness.SeenVersion old : change.replaces()) {
          LiveVersion version = new LiveVersion(change.key(), old.origin(), old.stamp());
          everRemoved.add(version);
          if (takenIn) {
            removed.add(version);
          }
        }
        if (takenIn && change.inserts()) {
          put.add(new LiveVersion(change.key(), write.origin(), write.stamp()));
        }
      }
    }
    put.removeAll(everRemoved);
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
}
