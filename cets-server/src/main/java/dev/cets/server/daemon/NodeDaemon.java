package dev.cets.server.daemon;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NodeState;
import dev.cets.server.http.History;
import dev.cets.server.http.HttpInterface;
import dev.cets.server.http.RecordTable;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A running node of JSON tables with its HTTP interface. Close it to leave the cluster. */
public final class NodeDaemon implements AutoCloseable {
  private final CetsNode node;
  private final HttpInterface http;
  private final DaemonMetrics metrics;
  private final CompletableFuture<NodeState> stopped;

  /** As it was asked for; 0: any free port. */
  private final int listensAt;

  private NodeDaemon(
      CetsNode node,
      HttpInterface http,
      DaemonMetrics metrics,
      int listensAt,
      CompletableFuture<NodeState> stopped) {
    this.node = node;
    this.http = http;
    this.metrics = metrics;
    this.listensAt = listensAt;
    this.stopped = stopped;
  }

  /**
   * Starts everything; discovery goes on behind.
   *
   * @throws DaemonException if a port cannot be opened
   * @throws IllegalArgumentException if settings do not go together
   */
  public static NodeDaemon start(NodeSettings settings) throws DaemonException {
    HttpInterface http = startHttp(settings);
    CetsNode node = null;
    CompletableFuture<NodeState> stopped = new CompletableFuture<>();
    var history = new History();
    try {
      node = startNode(settings, stopped, history);
      SortedMap<String, RecordTable> tables = new TreeMap<>();
      for (TableOption table : settings.tables()) {
        tables.put(table.name(), table.openOn(node, history));
      }
      DaemonMetrics metrics = new DaemonMetrics(node, http);
      http.serve(new ServedNode(node, tables, history, metrics));
      return new NodeDaemon(node, http, metrics, settings.port(), stopped);
    } catch (CetsException e) {
      close(http, node);
      throw new DaemonException(
          "cannot start node '%s': %s".formatted(settings.name(), e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      close(http, node);
      throw e;
    }
  }

  private static void close(HttpInterface http, @Nullable CetsNode node) {
    http.close();
    if (node != null) {
      node.close();
    }
  }

  private static HttpInterface startHttp(NodeSettings settings) throws DaemonException {
    try {
      return HttpInterface.start(
          settings.httpBind(), settings.http(), settings.protection().ofHttp());
    } catch (IOException e) {
      throw new DaemonException(
          "%s; --http takes another port, 0 for any free one".formatted(e.getMessage()), e);
    }
  }

  private static CetsNode startNode(
      NodeSettings settings, CompletableFuture<NodeState> stopped, History history) {
    CetsNode.Builder builder =
        settings.tuning().apply(CetsNode.builder(settings.name()).cluster(settings.cluster()));
    builder.onNodeDown(history::lost);
    builder.onState(
        state -> {
          if (state != NodeState.RUNNING) {
            stopped.complete(state);
          }
        });
    for (Discovery discovery : settings.discoveries()) {
      builder.discovery(discovery);
    }
    Transport transport = settings.engine().transport(settings);
    try {
      return builder.transport(transport).start();
    } catch (IllegalArgumentException e) {
      transport.close();
      throw e;
    }
  }

  /** The node's name. */
  public String name() {
    return node.name();
  }

  /** The real port of HTTP. */
  public int httpPort() {
    return http.port();
  }

  /** The real port for other nodes, which need not be the one that they are told. */
  public int port() {
    NodeAddress address = node.address();
    if (listensAt != 0) {
      return listensAt;
    }
    return address == null ? 0 : address.port();
  }

  /**
   * Done with one sentence when another node of its name is in the cluster, so that this one cannot
   * be.
   */
  public CompletableFuture<String> stopped() {
    return stopped.thenApplyAsync(
        state -> "node '%s' ends: %s".formatted(node.name(), reason(state)));
  }

  private String reason(NodeState state) {
    try {
      return node.status().reasons().stream()
          .filter(reason -> reason.contains(" of the name ") || reason.contains(" was replaced "))
          .findFirst()
          .orElse(state.name());
    } catch (CetsException e) {
      return state.name();
    }
  }

  /** Answers what has been asked, then leaves the cluster. */
  @Override
  public void close() {
    http.close();
    metrics.close();
    node.close();
  }
}
