package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * At a write's completion every node that is joined with the writer over the current link has taken
 * it in, and has it to the end of its run, unless the writer was given up. Who comes to be joined
 * later has it by then.
 */
final class AcknowledgementCheck implements Checker {
  private record Held(Incarnation at, Incarnation origin, long stamp) {}

  private record Name(Incarnation origin, long stamp) {}

  private final Cluster cluster;
  private final Verdict verdict;
  private final boolean keep;
  private final List<Held> held = new ArrayList<>();
  private final Set<Name> written = new HashSet<>();
  private final Map<Incarnation, Long> lastCompleted = new HashMap<>();

  AcknowledgementCheck(Cluster cluster, Verdict verdict, boolean keep) {
    this.cluster = cluster;
    this.verdict = verdict;
    this.keep = keep;
  }

  @Override
  public void written(String table, Incarnation origin, long stamp, List<SeenChange> changes) {
    written.add(new Name(origin, stamp));
  }

  /** What a node wrote under another incarnation than it has by now, nobody waits for any more. */
  @Override
  public void completed(String table, Incarnation origin, long stamp) {
    if (!written.contains(new Name(origin, stamp))) {
      return;
    }
    lastCompleted.put(origin, stamp);
    verdict.check("complete means taken in by all that are joined", () -> missing(origin, stamp));
  }

  private @Nullable String missing(Incarnation origin, long stamp) {
    TableReplica<?, ?> writer = cluster.replicaOf(origin);
    if (writer == null) {
      return null;
    }
    for (LinkSnapshot link : writer.linkSnapshots()) {
      TableReplica<?, ?> other = cluster.replicaOf(link.peer());
      if (link.joined() && link.peerJoined() && other != null && isSame(other, origin, link)) {
        if (!other.hasTakenIn(origin, stamp)) {
          return "complete, but " + link.peer() + " has not taken in " + origin + "/" + stamp;
        }
        held.add(new Held(link.peer(), origin, stamp));
      }
    }
    return null;
  }

  private static boolean isSame(TableReplica<?, ?> other, Incarnation origin, LinkSnapshot link) {
    return other.linkSnapshots().stream()
        .anyMatch(
            back ->
                back.open()
                    && back.peer().equals(origin)
                    && back.mine() == link.yours()
                    && back.yours() == link.mine());
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    for (LinkSnapshot link : state.links()) {
      Long last = link.joined() ? lastCompleted.get(link.peer()) : null;
      if (last != null && !replica.hasTakenIn(link.peer(), last)) {
        verdict.check(
            "who is joined has what was complete", () -> lacking(node, link, link.peer(), last));
      }
    }
  }

  /** The writer may hold the link to be over, and need not wait for it then. */
  private @Nullable String lacking(
      SimulatedNode node, LinkSnapshot link, Incarnation origin, long stamp) {
    TableReplica<?, ?> writer = cluster.replicaOf(origin);
    return writer != null && isSame(writer, node.incarnation(), link)
        ? node.name() + " is joined with " + origin + ", and lacks " + stamp + " of it"
        : null;
  }

  @Override
  public void end() {
    verdict.check("what was complete is still there", this::forgotten);
  }

  private @Nullable String forgotten() {
    for (Held write : held) {
      TableReplica<?, ?> replica = cluster.replicaOf(write.at());
      boolean counts = keep || cluster.running(write.origin()) != null;
      if (replica != null && counts && !replica.hasTakenIn(write.origin(), write.stamp())) {
        return write.at() + " no longer knows " + write.origin() + "/" + write.stamp();
      }
    }
    return null;
  }
}
