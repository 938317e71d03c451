package dev.cets.node;

import dev.cets.replication.PeerView;
import dev.cets.spi.NodeAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a status is made of, as of one moment.
 *
 * @param places what is known of each sought address
 * @param discoveryProblems by back end, why its last answer was an error
 * @param refusals by node, why it was not accepted when it was last met
 * @param tables by name
 * @param unknownTables what peers have and this node has not: by table, the peers
 * @param replaced by which newer run of it this node was replaced, as a sentence; null if it lives
 * @param missing what keeps the node from being ready, one sentence each
 */
public record NodeView(
    String name,
    String cluster,
    String incarnation,
    List<PeerView> peers,
    Map<NodeAddress, Place> places,
    Map<String, String> discoveryProblems,
    Map<String, String> refusals,
    Map<String, TableView> tables,
    Map<String, List<String>> unknownTables,
    @Nullable String replaced,
    List<String> missing) {

  /**
   * What is known of an address.
   *
   * @param node the node that answered there last, or empty
   * @param problem why it cannot be reached now, or empty
   * @param discovered whether discovery told of it
   */
  public record Place(String node, String problem, boolean discovered) {}

  /** A table's links and queues. */
  public record TableView(
      int unacknowledgedWrites,
      long unacknowledgedBytes,
      String leader,
      Map<String, String> links) {}
}
