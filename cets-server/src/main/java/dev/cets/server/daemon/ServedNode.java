package dev.cets.server.daemon;

import dev.cets.CetsNode;
import dev.cets.NodeStatus;
import dev.cets.NotReadyException;
import dev.cets.server.http.NodeView;
import dev.cets.server.http.RecordTable;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/** The node, served by HTTP. */
record ServedNode(CetsNode node, SortedMap<String, RecordTable> tables) implements NodeView {
  /** Long enough for the node to look, short enough for a probe. */
  private static final Duration LOOK = Duration.ofMillis(50);

  @Override
  public NodeStatus status() {
    return node.status();
  }

  @Override
  public List<String> notReady() {
    try {
      node.awaitReady(LOOK);
      return List.of();
    } catch (NotReadyException e) {
      return e.reasons().isEmpty() ? List.of(String.valueOf(e.getMessage())) : e.reasons();
    }
  }
}
