package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * At a write's completion every node that is joined with the writer over the current link has taken
 * it in, and has it to the end of its run, unless the writer was given up.
 */
final class AcknowledgementCheck implements Checker {
  private record Held(Incarnation at, Incarnation origin, long stamp) {}

  private final Cluster cluster;
  private final Verdict verdict;
  private final boolean keep;
  private final List<Held> held = new ArrayList<>();

  AcknowledgementCheck(Cluster cluster, Verdict verdict, boolean keep) {
    this.cluster = cluster;
    this.verdict = verdict;
    this.keep = keep;
  }

  @Override
  public void completed(String table, Incarnation origin, long stamp) {
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
                back.peer().equals(origin)
                    && back.mine() == link.yours()
                    && back.yours() == link.mine());
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
