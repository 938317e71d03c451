package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import org.jspecify.annotations.Nullable;

/** What listeners are told, replayed, gives the table. */
final class ReplayCheck implements Checker {
  private final Cluster cluster;
  private final Verdict verdict;

  ReplayCheck(Cluster cluster, Verdict verdict) {
    this.cluster = cluster;
    this.verdict = verdict;
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    check(node, false);
  }

  @Override
  public void end() {
    cluster.up().forEach(node -> check(node, true));
  }

  private void check(SimulatedNode node, boolean atRest) {
    verdict.check("changes, replayed, give the table", () -> differs(node, atRest));
  }

  private static @Nullable String differs(SimulatedNode node, boolean atRest) {
    String differs = node.replayDiffers(atRest);
    return differs == null ? null : "at " + node.name() + " " + differs;
  }
}
