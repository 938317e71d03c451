package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * At every moment, at every node: what a taken-in write replaced is not there, and what a taken-in
 * write brought is there until something replaces it.
 */
final class StateCheck implements Checker {
  private final WriteHistory history;
  private final Verdict verdict;

  StateCheck(WriteHistory history, Verdict verdict) {
    this.history = history;
    this.verdict = verdict;
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    verdict.check("nothing removed comes back", () -> revived(node, replica, state.live()));
    verdict.check("nothing is lost on the way", () -> lost(node, replica, state.live()));
  }

  private @Nullable String revived(
      SimulatedNode node, TableReplica<?, ?> replica, Set<LiveVersion> live) {
    for (LiveVersion version : live) {
      for (WriteHistory.Made write : history.removers(version)) {
        if (replica.hasTakenIn(write.origin(), write.stamp())) {
          return "at "
              + node.name()
              + " "
              + version
              + " stands, though "
              + write.origin()
              + "/"
              + write.stamp()
              + " that replaced it was taken in";
        }
      }
    }
    return null;
  }

  private @Nullable String lost(
      SimulatedNode node, TableReplica<?, ?> replica, Set<LiveVersion> live) {
    for (LiveVersion version : history.standing()) {
      if (replica.hasTakenIn(version.origin(), version.stamp()) && !live.contains(version)) {
        return "at " + node.name() + " " + version + " is missing, though nothing replaced it";
      }
    }
    return null;
  }
}
