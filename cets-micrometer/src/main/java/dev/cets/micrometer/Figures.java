package dev.cets.micrometer;

import dev.cets.LinkStatus;
import dev.cets.NodeStatus;
import dev.cets.PeerStatus;
import dev.cets.TableStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that is read from a status. Names stay: dashboards and alerts rely on them. */
final class Figures {
  static final List<Figure<NodeStatus>> NODE_GAUGES =
      List.of(
          Figure.of(
              "cets.available.nodes",
              "Nodes that are connected and accepted, this one included",
              status -> status.availableNodes().size()),
          Figure.of(
              "cets.unavailable.nodes",
              "Nodes that discovery told of, and that are not available",
              status -> status.unavailableNodes().size()),
          Figure.of(
              "cets.joined.nodes",
              "Nodes with which every common table is joined, this one included",
              status -> status.joinedNodes().size()),
          Figure.of(
              "cets.discovered.nodes",
              "Nodes that discovery last told of",
              status -> status.discoveredNodes().size()),
          Figure.of(
              "cets.discovery.works",
              "1 if every discovery back end answered when it was last asked, otherwise 0",
              status -> oneIf(status.discoveryWorks())),
          Figure.of(
              "cets.remote.nodes.without.discovery",
              "Nodes that look for nobody themselves",
              status -> status.remoteNodesWithoutDiscovery().size()),
          Figure.of(
              "cets.remote.nodes.with.unknown.tables",
              "Nodes that have tables which this one has not",
              status -> status.remoteNodesWithUnknownTables().size()),
          Figure.of(
              "cets.remote.unknown.tables",
              "Those tables",
              status -> status.remoteUnknownTables().size()),
          Figure.of(
              "cets.remote.nodes.with.missing.tables",
              "Nodes that lack tables which this one has",
              status -> status.remoteNodesWithMissingTables().size()),
          Figure.of(
              "cets.remote.missing.tables",
              "Those tables",
              status -> status.remoteMissingTables().size()),
          Figure.of(
              "cets.conflict.nodes",
              "Nodes with which a table of the same name does not match",
              status -> status.conflictNodes().size()),
          Figure.of(
              "cets.conflict.tables", "Those tables", status -> status.conflictTables().size()));

  static final List<Figure<NodeStatus>> NODE_COUNTERS =
      List.of(
          Figure.of(
              "cets.refused.connections",
              "Connections of others than peers: no TLS, no trusted certificate, another secret",
              NodeStatus::refusedConnections),
          Figure.of(
              "cets.refused.nodes",
              "Times that a node was met that cannot be accepted",
              status -> status.counters().refusedNodes()),
          Figure.of(
              "cets.refused.frames",
              "Frames that were not what they should be, and were dropped",
              status -> status.counters().refusedFrames()),
          Figure.of(
              "cets.late.frames",
              "Frames of links that had ended meanwhile",
              status -> status.counters().lateFrames()),
          Figure.of("cets.nodes.down", "Losses of nodes", status -> status.counters().nodesDown()),
          Figure.of(
              "cets.late.tasks",
              "Times that a task was found to take longer than 5 s",
              status -> status.counters().lateTasks()),
          Figure.of(
              "cets.defects", "Errors of the library", status -> status.counters().defects()));

  static final List<Figure<PeerStatus>> PEER_GAUGES =
      List.of(
          Figure.of(
              "cets.peer.up",
              "1 if the peer is connected and accepted, otherwise 0",
              peer -> oneIf(peer.up())));

  static final List<Figure<TableStatus>> TABLE_COUNTERS =
      List.of(
          Figure.of(
              "cets.table.transfers",
              "Transfers that were completed",
              table -> table.counters().transfers()),
          Figure.of(
              "cets.table.transferred.records",
              "Records that came by transfers and comparisons",
              table -> table.counters().transferredRecords()),
          Figure.bytes(
              "cets.table.transferred",
              "Their bytes",
              table -> table.counters().transferredBytes()),
          Figure.of(
              "cets.table.comparisons",
              "Comparisons with joined nodes",
              table -> table.counters().comparisons()),
          Figure.of(
              "cets.table.differences",
              "Versions that came or went by comparisons",
              table -> table.counters().differences()),
          Figure.of(
              "cets.table.mended",
              "Versions that comparisons found to differ that should not have",
              TableStatus::mended),
          Figure.of(
              "cets.table.conflicts",
              "Keys that several nodes wrote without knowing of each other",
              table -> table.counters().conflicts()),
          Figure.of(
              "cets.table.resolver.failures",
              "Times that the resolver gave no record",
              table -> table.counters().resolverFailures()),
          Figure.of(
              "cets.table.links.again",
              "Links that began anew since something was lost on them",
              table -> table.counters().linksAgain()),
          Figure.of(
              "cets.table.listener.gaps",
              "Gaps that listeners were told since they were too slow",
              table -> table.counters().listenerGaps()));

  static final List<Figure<LinkStatus>> LINK_GAUGES =
      List.of(
          Figure.of(
              "cets.link.joined",
              "1 if the table is joined with the peer, otherwise 0",
              link -> oneIf(LinkState.of(link.state()) == LinkState.JOINED)),
          Figure.of(
              "cets.link.unacknowledged.writes",
              "Writes of this node that the peer has not applied yet",
              LinkStatus::unacknowledgedWrites),
          Figure.bytes("cets.link.unacknowledged", "Their bytes", LinkStatus::unacknowledgedBytes));

  /** Values that need to know the time, or the node. */
  static List<Figure<TableStatus>> tableGauges(String node) {
    return List.of(
        Figure.of("cets.table.records", "Records that readers see", TableStatus::records),
        Figure.of(
            "cets.table.hidden.records",
            "Records that are held, and hidden because their owner is down",
            TableStatus::hiddenRecords),
        Figure.of(
            "cets.table.unacknowledged.writes",
            "Writes of this node that are not yet applied everywhere",
            TableStatus::unacknowledgedWrites),
        Figure.bytes("cets.table.unacknowledged", "Their bytes", TableStatus::unacknowledgedBytes),
        Figure.of(
            "cets.table.leads",
            "1 if this node leads the table, otherwise 0",
            table -> oneIf(table.leader().equals(node))),
        Figure.of(
            "cets.table.transfers.active",
            "Transfers and comparisons that are under way",
            table ->
                table.linkDetails().values().stream()
                    .filter(link -> link.progress() != null)
                    .count()));
  }

  private Figures() {}

  static double oneIf(boolean is) {
    return is ? 1 : 0;
  }

  /** How long ago, in seconds; NaN if it never was. */
  static double secondsSince(@Nullable Instant then, Instant now) {
    return then == null ? Double.NaN : Duration.between(then, now).toNanos() / 1e9;
  }
}
