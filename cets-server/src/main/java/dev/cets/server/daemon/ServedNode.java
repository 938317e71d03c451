package dev.cets.server.daemon;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.ClusterStatus;
import dev.cets.NodeState;
import dev.cets.NodeStatus;
import dev.cets.NotReadyException;
import dev.cets.server.http.History;
import dev.cets.server.http.NodeView;
import dev.cets.server.http.RecordTable;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** The node, served by HTTP. */
final class ServedNode implements NodeView {
  /** Long enough for the node to look, short enough for a probe. */
  private static final Duration LOOK = Duration.ofMillis(50);

  private final CetsNode node;
  private final SortedMap<String, RecordTable> tables;
  private final History history;
  private final DaemonMetrics metrics;
  private volatile boolean wasReady;

  ServedNode(
      CetsNode node,
      SortedMap<String, RecordTable> tables,
      History history,
      DaemonMetrics metrics) {
    this.node = node;
    this.tables = tables;
    this.history = history;
    this.metrics = metrics;
  }

  @Override
  public NodeStatus status() {
    return node.status();
  }

  @Override
  public OptionalInt number() {
    return node.number();
  }

  @Override
  public SortedMap<String, RecordTable> tables() {
    return tables;
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public ClusterStatus clusterStatus(Duration deadline) {
    return node.clusterStatus(deadline);
  }

  /**
   * A node that was ready stays so: after a split all of them join again at once, and none of them
   * has anything to gain from being taken out of service for it.
   */
  @Override
  public List<String> notReady() {
    try {
      if (wasReady) {
        NodeStatus status = node.status();
        return status.state() == NodeState.RUNNING ? List.of() : status.reasons();
      }
      node.awaitReady(LOOK);
      wasReady = true;
      return List.of();
    } catch (NotReadyException e) {
      return e.reasons().isEmpty() ? List.of(String.valueOf(e.getMessage())) : e.reasons();
    } catch (CetsException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String metrics() {
    return metrics.text();
  }

  @Override
  public List<String> notAlive() {
    try {
      node.status();
      return List.of();
    } catch (CetsException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
