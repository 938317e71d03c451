package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.Outcome;
import dev.cets.replication.TableReplica;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What callers are told is so: a node that a receipt names has taken the write in, and one that a
 * ping names has taken in all that was written before.
 */
final class ReceiptCheck implements Checker {
  private final Cluster cluster;
  private final WriteHistory history;
  private final Verdict verdict;
  private final boolean keep;

  ReceiptCheck(Cluster cluster, WriteHistory history, Verdict verdict, boolean keep) {
    this.keep = keep;
    this.cluster = cluster;
    this.history = history;
    this.verdict = verdict;
  }

  /** A write of a record that nothing else writes. */
  void writes(SimulatedNode caller, Row row, CompletableFuture<Outcome> call) {
    Map<String, Object> runs = runs();
    var unused =
        call.thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Applied applied) {
                verdict.check(
                    "who a receipt names has the write",
                    () -> missing("by a receipt", caller, applied, runs, history.stampsOf(row)));
              }
            });
  }

  void pings(SimulatedNode caller, CompletableFuture<Outcome> call) {
    Incarnation pinging = caller.incarnation();
    List<Long> before = List.copyOf(history.stamps(pinging));
    Map<String, Object> runs = runs();
    var unused =
        call.thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Applied applied) {
                verdict.check(
                    "who a ping names has all that was written before",
                    () -> missing("by a ping", caller, applied, runs, Map.of(pinging, before)));
              }
            });
  }

  /** A node that is restarted meanwhile has not read what the one before had acknowledged. */
  private Map<String, Object> runs() {
    Map<String, Object> runs = new HashMap<>();
    for (SimulatedNode node : cluster.nodes()) {
      Object run = node.run();
      if (run != null) {
        runs.put(node.name(), run);
      }
    }
    return runs;
  }

  /** One that was given up has lost its links, and what it wrote may be forgotten by now. */
  private static boolean isLinked(TableReplica<?, ?> replica, Incarnation peer) {
    return replica.linkSnapshots().stream().anyMatch(link -> link.peer().equals(peer));
  }

  private @Nullable String missing(
      String how,
      SimulatedNode caller,
      Outcome.Applied applied,
      Map<String, Object> runs,
      Map<Incarnation, List<Long>> writes) {
    if (!caller.isUp()) {
      return null;
    }
    List<Long> stamps = writes.getOrDefault(caller.incarnation(), List.of());
    for (SimulatedNode node : cluster.nodes()) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null
          && applied.by().contains(node.name())
          && cluster.twin(node) == null // else the name does not tell which of two runs it was
          && node.run() == runs.get(node.name())
          && (keep || isLinked(replica, caller.incarnation()))) {
        for (long stamp : stamps) {
          if (!replica.hasTakenIn(caller.incarnation(), stamp)) {
            return caller.name()
                + " was told "
                + how
                + " that "
                + node.name()
                + " has its write "
                + stamp
                + ", and it has not";
          }
        }
      }
    }
    return null;
  }
}
