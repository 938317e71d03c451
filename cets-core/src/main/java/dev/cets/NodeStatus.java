package dev.cets;

import java.time.Instant;
import java.util.List;

/**
 * A node's view of the cluster at one moment. Lists are sorted and without duplicates. Nodes are
 * told by name; an address at which no node has ever answered, as {@code host:port}.
 *
 * @param node this node's name
 * @param cluster the cluster's name
 * @param incarnation this run of the node
 * @param state whether it takes part
 * @param at that moment, by this node's clock
 * @param availableNodes nodes that are connected and accepted, this one included
 * @param unavailableNodes nodes that discovery told of, and that are not available
 * @param joinedNodes nodes with which every common table is joined, this one included
 * @param discoveredNodes what discovery last told
 * @param discoveryWorks whether every discovery back end answered when it was last asked
 * @param discovery the discovery back ends, in the order in which they were given
 * @param remoteNodesWithoutDiscovery nodes that look for nobody themselves
 * @param remoteNodesWithUnknownTables nodes that have tables which this one has not
 * @param remoteUnknownTables those tables
 * @param remoteNodesWithMissingTables nodes that lack tables which this one has
 * @param remoteMissingTables those tables
 * @param conflictNodes nodes with which a table of the same name does not match, or which replicate
 *     it to other nodes than this one does
 * @param conflictTables those tables
 * @param reasons for each thing that is not as it should be, one sentence
 * @param refusedConnections how many others this node has turned away since it began, since they
 *     were no peers: scanners, nodes without a trusted certificate or the secret
 * @param peers every node that is connected, or was accepted since this node began, by name; empty
 *     in what another node told
 * @param counters what else this node has counted since it began
 */
public record NodeStatus(
    String node,
    String cluster,
    String incarnation,
    NodeState state,
    Instant at,
    List<String> availableNodes,
    List<String> unavailableNodes,
    List<String> joinedNodes,
    List<String> discoveredNodes,
    boolean discoveryWorks,
    List<DiscoveryStatus> discovery,
    List<String> remoteNodesWithoutDiscovery,
    List<String> remoteNodesWithUnknownTables,
    List<String> remoteUnknownTables,
    List<String> remoteNodesWithMissingTables,
    List<String> remoteMissingTables,
    List<String> conflictNodes,
    List<String> conflictTables,
    List<String> reasons,
    long refusedConnections,
    List<PeerStatus> peers,
    NodeCounters counters) {}
