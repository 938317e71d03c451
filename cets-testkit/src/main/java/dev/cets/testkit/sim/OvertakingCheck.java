package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import org.jspecify.annotations.Nullable;

/** Nothing overtakes the stream of an origin that a node is joined with. */
final class OvertakingCheck implements Checker {
  private final Cluster cluster;
  private final Verdict verdict;

  OvertakingCheck(Cluster cluster, Verdict verdict) {
    this.cluster = cluster;
    this.verdict = verdict;
  }

  @Override
  public void copied(String table, Incarnation at, Incarnation origin, long stamp) {
    verdict.check("nothing overtakes a stream", () -> overtaken(at, origin, stamp));
  }

  private @Nullable String overtaken(Incarnation at, Incarnation origin, long stamp) {
    TableReplica<?, ?> replica = cluster.replicaOf(at);
    if (replica != null
        && !replica.hasTakenIn(origin, stamp)
        && replica.linkSnapshots().stream()
            .anyMatch(link -> link.joined() && link.peer().equals(origin))) {
      return "at " + at + " a version overtook the stream of " + origin + ": " + stamp;
    }
    return null;
  }
}
