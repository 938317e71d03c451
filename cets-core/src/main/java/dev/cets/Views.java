package dev.cets;

import dev.cets.node.Answer;
import dev.cets.node.Counter;
import dev.cets.node.Counts;
import dev.cets.node.Figures;
import dev.cets.node.NodeRuntime;
import dev.cets.node.NodeView;
import dev.cets.node.RunState;
import dev.cets.replication.Durations;
import dev.cets.replication.LinkView;
import dev.cets.replication.Transfer;
import dev.cets.spi.NodeAddress;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Turns what the node answers into what the application sees. */
final class Views {
  private Views() {}

  static void forget(NodeRuntime runtime, String node) {
    value(runtime.forget(node));
  }

  static <T> T value(Answer<T> answer) {
    T value = answer.value();
    if (value == null) {
      throw new CetsException(String.valueOf(answer.refusal()));
    }
    return value;
  }

  static void awaitReady(NodeRuntime runtime, Duration deadline) {
    if (!isDoneInTime(runtime, runtime.ready(), deadline)) {
      List<String> missing = value(runtime.view()).missing();
      throw new NotReadyException(
          "node " + runtime.name() + " is not ready after " + text(deadline) + ": " + missing,
          missing);
    }
  }

  static void awaitDiscovery(NodeRuntime runtime, Duration deadline) {
    if (!isDoneInTime(runtime, runtime.discoveryAsked(), deadline)) {
      List<String> silent =
          value(runtime.view()).backEnds().stream()
              .filter(backEnd -> backEnd.nextInNanos() <= 0)
              .map(backEnd -> "discovery by " + backEnd.description() + " has not answered yet")
              .toList();
      throw new NotReadyException(
          "node " + runtime.name() + " waited " + text(deadline) + " for discovery: " + silent,
          silent);
    }
  }

  private static String text(Duration deadline) {
    return Durations.text(Durations.saturatedNanos(deadline));
  }

  private static boolean isDoneInTime(
      NodeRuntime runtime, CompletableFuture<Void> awaited, Duration deadline) {
    Writes.checkMayBlock(runtime);
    try {
      if (runtime.loop().await(awaited, Durations.saturatedNanos(deadline))) {
        if (awaited.isCancelled()) {
          throw new CetsException("node " + runtime.name() + " was closed");
        }
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      awaited.cancel(false);
    }
    return false;
  }

  static List<TableStatus> tables(NodeRuntime runtime) {
    NodeView view = value(runtime.view());
    List<TableStatus> tables = new ArrayList<>();
    for (LocalTable<?, ?> table : runtime.tables()) {
      NodeView.TableView figures = view.tables().get(table.name());
      if (figures != null) {
        tables.add(status(table, view, figures));
      }
    }
    return tables;
  }

  static TableStatus status(NodeRuntime runtime, LocalTable<?, ?> table) {
    NodeView view = value(runtime.view());
    NodeView.TableView figures = view.tables().get(table.name());
    if (figures == null) {
      throw new CetsException("table " + table.name() + " is closed");
    }
    return status(table, view, figures);
  }

  private static TableStatus status(
      LocalTable<?, ?> table, NodeView view, NodeView.TableView figures) {
    Map<String, String> links = new TreeMap<>();
    Map<String, LinkStatus> details = new TreeMap<>();
    for (LinkView link : figures.links()) {
      links.put(link.peer(), link.state());
      details.put(link.peer(), status(view.wallMillis(), link));
    }
    return new TableStatus(
        table.name(),
        table.definition().type(),
        table.definition().keep() ? Ownership.KEEP : Ownership.REMOVE_RECORDS,
        figures.records(),
        figures.hiddenRecords(),
        figures.unacknowledgedWrites(),
        figures.unacknowledgedBytes(),
        figures.leader(),
        links,
        details,
        figures.mended(),
        counters(table, view.counts()));
  }

  private static TableCounters counters(LocalTable<?, ?> table, Counts counts) {
    return new TableCounters(
        counts.of(Counter.TRANSFERS, table.name()),
        counts.of(Counter.TRANSFERRED_RECORDS, table.name()),
        counts.of(Counter.TRANSFERRED_BYTES, table.name()),
        counts.of(Counter.COMPARISONS, table.name()),
        counts.of(Counter.DIFFERENCES, table.name()),
        counts.of(Counter.CONFLICTS, table.name()),
        counts.of(Counter.RESOLVER_FAILURES, table.name()),
        counts.of(Counter.LINKS_AGAIN, table.name()),
        table.listenerGaps());
  }

  private static NodeCounters counters(Counts counts) {
    return new NodeCounters(
        counts.of(Counter.NODES_REFUSED),
        counts.of(Counter.FRAMES_REFUSED),
        counts.of(Counter.STALE_REFUSED),
        counts.of(Counter.NODES_DOWN),
        counts.of(Counter.TASKS_LATE),
        counts.of(Counter.DEFECTS));
  }

  private static LinkStatus status(long wallMillis, LinkView link) {
    Transfer transfer = link.transfer();
    return new LinkStatus(
        link.state(),
        Duration.ofNanos(link.forNanos()),
        link.unacknowledgedWrites(),
        link.unacknowledgedBytes(),
        before(wallMillis, link.comparedNanos()),
        before(wallMillis, link.equalNanos()),
        transfer == null
            ? null
            : new JoinProgress(
                transfer.keys(),
                transfer.keysLeft(),
                transfer.records(),
                transfer.bytes(),
                transfer.percent()));
  }

  static @Nullable Instant before(long wallMillis, long nanos) {
    return nanos < 0 ? null : ago(wallMillis, nanos);
  }

  private static Instant ago(long wallMillis, long nanos) {
    return Instant.ofEpochMilli(wallMillis).minusNanos(nanos);
  }

  static NodeStatus status(NodeRuntime runtime) {
    return status(value(runtime.view()));
  }

  static NodeStatus status(NodeView view) {
    List<PeerStatus> peers =
        view.peers().stream()
            .map(
                peer ->
                    new PeerStatus(
                        peer.name(),
                        peer.incarnation(),
                        peer.address(),
                        peer.up(),
                        ago(view.wallMillis(), peer.forNanos()),
                        Duration.ofNanos(peer.forNanos()),
                        peer.reason()))
            .toList();
    List<DiscoveryStatus> discovery = view.backEnds().stream().map(Views::discovery).toList();
    return status(Figures.of(view), discovery, peers, counters(view.counts()));
  }

  private static NodeStatus status(
      Figures figures,
      List<DiscoveryStatus> discovery,
      List<PeerStatus> peers,
      NodeCounters counters) {
    return new NodeStatus(
        figures.node(),
        figures.cluster(),
        figures.incarnation(),
        state(figures.state()),
        Instant.ofEpochMilli(figures.wallMillis()),
        figures.availableNodes(),
        figures.unavailableNodes(),
        figures.joinedNodes(),
        figures.discoveredNodes(),
        figures.discoveryWorks(),
        discovery,
        figures.remoteNodesWithoutDiscovery(),
        figures.remoteNodesWithUnknownTables(),
        figures.remoteUnknownTables(),
        figures.remoteNodesWithMissingTables(),
        figures.remoteMissingTables(),
        figures.conflictNodes(),
        figures.conflictTables(),
        figures.reasons(),
        figures.refusedConnections(),
        peers,
        counters);
  }

  private static DiscoveryStatus discovery(NodeView.BackEndView backEnd) {
    return new DiscoveryStatus(
        backEnd.description(),
        switch (backEnd.phase()) {
          case SEARCHING -> DiscoveryStatus.Phase.SEARCHING;
          case AFTER_ERROR -> DiscoveryStatus.Phase.AFTER_ERROR;
          case AFTER_PEER_LOST -> DiscoveryStatus.Phase.AFTER_NODE_DOWN;
          case REGULAR -> DiscoveryStatus.Phase.REGULAR;
        },
        backEnd.addresses().stream().map(NodeAddress::toString).toList(),
        backEnd.problem(),
        duration(backEnd.endedAgoNanos()),
        duration(backEnd.nextInNanos()));
  }

  private static @Nullable Duration duration(long nanos) {
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }

  /** What another node told. */
  static NodeStatus status(Figures figures) {
    return status(figures, List.of(), List.of(), NodeCounters.NONE);
  }

  static NodeState state(RunState state) {
    return switch (state) {
      case RUNNING -> NodeState.RUNNING;
      case NAME_TAKEN -> NodeState.NAME_TAKEN;
      case REPLACED -> NodeState.REPLACED;
    };
  }
}
