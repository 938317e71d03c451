package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node has of an origin that it is joined with has no gap: writes take effect in order. */
final class OrderCheck implements Checker {
  private static final int LAST_WRITES = 30;

  private final WriteHistory history;
  private final Verdict verdict;

  OrderCheck(WriteHistory history, Verdict verdict) {
    this.history = history;
    this.verdict = verdict;
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    for (LinkSnapshot link : state.links()) {
      if (link.joined()) {
        verdict.check(
            "per origin, writes take effect in order", () -> gap(node, replica, link.peer()));
      }
    }
  }

  private @Nullable String gap(SimulatedNode node, TableReplica<?, ?> replica, Incarnation origin) {
    List<Long> stamps = history.stamps(origin);
    boolean later = false;
    for (int i = stamps.size() - 1; i >= Math.max(0, stamps.size() - LAST_WRITES); i--) {
      boolean takenIn = replica.hasTakenIn(origin, stamps.get(i));
      if (later && !takenIn) {
        return "at " + node.name() + " " + origin + "/" + stamps.get(i) + " was left out";
      }
      later |= takenIn;
    }
    return null;
  }
}
