package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import org.jspecify.annotations.Nullable;

/** No queue passes its limit, and nothing fails in a way it should not. */
final class LimitCheck implements Checker {
  /** Of names and stamps, which a write has beside keys and records. */
  private static final int FACTOR = 2;

  private final Verdict verdict;

  LimitCheck(Verdict verdict) {
    this.verdict = verdict;
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    verdict.check("no queue passes its limit", () -> over(node, replica));
    verdict.check("nothing fails in a node", () -> failed(node));
  }

  private static @Nullable String failed(SimulatedNode node) {
    String defect = node.firstDefect();
    return defect == null ? null : "at " + node.name() + " failed " + defect;
  }

  private static @Nullable String over(SimulatedNode node, TableReplica<?, ?> replica) {
    int paused = replica.callers().pausedWrites();
    if (paused > node.settings().maxPausedWrites()) {
      return node.name() + " holds " + paused + " writes of a pause";
    }
    long limit = (long) FACTOR * node.settings().maxUnacknowledgedBytes();
    return replica.figures().unacknowledgedBytes() <= limit
        ? null
        : node.name() + " holds " + replica.figures().unacknowledgedBytes() + " bytes of writes";
  }
}
