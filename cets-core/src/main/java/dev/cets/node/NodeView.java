package dev.cets.node;

import dev.cets.discovery.DiscoverySchedule;
import dev.cets.replication.LinkView;
import dev.cets.replication.PeerView;
import dev.cets.spi.NodeAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a status is made of, as of one moment.
 *
 * @param wallMillis that moment, by this node's clock
 * @param places what is known of each sought address
 * @param backEnds the discovery back ends, in the order in which they were given
 * @param refusals by node, why it was not accepted when it was last met
 * @param tables by name
 * @param unknownTables what peers have and this node has not: by table, the peers
 * @param replaced by which newer run of it this node was replaced, as a sentence; null if it lives
 * @param nameTakenAt where the node lives that has this one's name; null if it is let in
 * @param missing what keeps the node from being ready, one sentence each
 * @param refusedConnections how many others the transport has turned away
 * @param counts what the node has counted; they go on
 */
public record NodeView(
    String name,
    String cluster,
    String incarnation,
    long wallMillis,
    List<PeerView> peers,
    Map<NodeAddress, Place> places,
    List<BackEndView> backEnds,
    Map<String, String> refusals,
    Map<String, TableView> tables,
    Map<String, List<String>> unknownTables,
    @Nullable String replaced,
    @Nullable String nameTakenAt,
    List<String> missing,
    long refusedConnections,
    Counts counts) {

  /**
   * What is known of an address.
   *
   * @param node the node that answered there last, or empty
   * @param problem why it cannot be reached now, or empty
   * @param discovered whether discovery told of it
   */
  public record Place(String node, String problem, boolean discovered) {}

  /**
   * A discovery back end.
   *
   * @param phase what the next question waits for
   * @param addresses its last good answer
   * @param problem why its latest question has no answer, or null
   * @param endedAgoNanos how long ago its latest question ended; -1 if none has
   * @param nextInNanos how long it is to the next question; -1 while one runs
   */
  public record BackEndView(
      String description,
      DiscoverySchedule.Phase phase,
      List<NodeAddress> addresses,
      @Nullable String problem,
      long endedAgoNanos,
      long nextInNanos) {}

  /**
   * A table's links and queues.
   *
   * @param joinedNodes this one included
   * @param mended how many versions comparisons had to mend
   */
  public record TableView(
      int records,
      int hiddenRecords,
      int unacknowledgedWrites,
      long unacknowledgedBytes,
      String leader,
      List<String> joinedNodes,
      long mended,
      List<LinkView> links) {
    /** The link with a node, or null. */
    public @Nullable LinkView linkWith(String node) {
      return links.stream().filter(link -> link.peer().equals(node)).findAny().orElse(null);
    }
  }

  /** Whether it takes part. */
  public RunState state() {
    if (replaced != null) {
      return RunState.REPLACED;
    }
    return nameTakenAt == null ? RunState.RUNNING : RunState.NAME_TAKEN;
  }
}
