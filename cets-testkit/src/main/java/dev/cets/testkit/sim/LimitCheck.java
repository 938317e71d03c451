package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import org.jspecify.annotations.Nullable;

/** No queue passes its limit. */
final class LimitCheck implements Checker {
  /** Of names and stamps, which a write has beside keys and records. */
  private static final int FACTOR = 2;

  private final Cluster cluster;
  private final Verdict verdict;

  LimitCheck(Cluster cluster, Verdict verdict) {
    this.cluster = cluster;
    this.verdict = verdict;
  }

  @Override
  public void step() {
    for (SimulatedNode node : cluster.nodes()) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null) {
        verdict.check("no queue passes its limit", () -> over(node, replica));
      }
    }
  }

  private static @Nullable String over(SimulatedNode node, TableReplica<?, ?> replica) {
    long limit = (long) FACTOR * node.settings().maxUnacknowledgedBytes();
    return replica.unacknowledgedBytes() <= limit
        ? null
        : node.name() + " holds " + replica.unacknowledgedBytes() + " bytes of writes";
  }
}
