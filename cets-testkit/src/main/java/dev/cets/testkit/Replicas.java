package dev.cets.testkit;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The replicas of each table on all nodes of a simulated cluster, side by side. */
final class Replicas {
  private record At(String node, TableSnapshot replica) {}

  private final SimulatedCluster cluster;

  Replicas(SimulatedCluster cluster) {
    this.cluster = cluster;
  }

  /** In what two of them differ, as a sentence; null if they are equal. */
  @Nullable String difference() {
    Map<String, At> first = new TreeMap<>();
    for (String node : cluster.running()) {
      for (TableReplica<?, ?> replica : cluster.transport(node).runtime().core().tables()) {
        String table = replica.definition().name();
        At here = new At(node, replica.snapshot());
        At there = first.putIfAbsent(table, here);
        String difference = there == null ? null : difference(there, here);
        if (difference != null) {
          return "table " + table + " " + difference;
        }
      }
    }
    return null;
  }

  private static @Nullable String difference(At one, At other) {
    String between = "at " + one.node() + " and " + other.node() + ": ";
    Set<LiveVersion> versions = symmetric(one.replica().live(), other.replica().live());
    if (!versions.isEmpty()) {
      return between + versions.size() + " versions, such as " + versions.iterator().next();
    }
    Set<Incarnation> shown = symmetric(shown(one.replica()), shown(other.replica()));
    return shown.isEmpty() ? null : between + "the records of " + shown + " are shown at one only";
  }

  /** Whose records there are, and are shown. */
  private static Set<Incarnation> shown(TableSnapshot replica) {
    Set<Incarnation> shown = new HashSet<>();
    replica.live().stream()
        .map(LiveVersion::origin)
        .filter(replica.shown()::contains)
        .forEach(shown::add);
    return shown;
  }

  private static <T> Set<T> symmetric(Set<T> one, Set<T> other) {
    Set<T> difference = new HashSet<>(one);
    other.stream().filter(element -> !difference.remove(element)).forEach(difference::add);
    return difference;
  }
}
