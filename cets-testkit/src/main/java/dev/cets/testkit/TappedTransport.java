package dev.cets.testkit;

import dev.cets.node.EngineEvents;
import dev.cets.node.NodeRuntime;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes everything on between an engine and its node, and knows both: so a test can look into the
 * node, and tell it what its engine did not.
 */
final class TappedTransport implements Transport {
  private final Transport engine;
  private final Map<String, Connection> connections = new ConcurrentHashMap<>();
  private Listener node = SimulatedTransport.SILENT;

  TappedTransport(Transport engine) {
    this.engine = engine;
  }

  Transport engine() {
    return engine;
  }

  /** What runs the node: the listener of its transport. */
  NodeRuntime runtime() {
    if (node instanceof EngineEvents events) {
      return events.runtime();
    }
    throw new IllegalStateException("the transport has not been started by a node");
  }

  /** Tells the node that an address cannot be reached. */
  void tellUnreachable(NodeAddress address, String reason) {
    engine.loop().execute(() -> node.unreachable(address, reason));
  }

  /** Tells the node that this came from a peer that it is connected with. */
  void tellReceived(String peer, ByteBuffer frame) {
    Connection connection = connections.get(peer);
    if (connection == null) {
      throw new IllegalStateException("not connected with " + peer);
    }
    engine.loop().execute(() -> node.received(connection, frame));
  }

  @Override
  public EventLoop loop() {
    return engine.loop();
  }

  @Override
  public void start(String nodeName, Listener listener) throws IOException {
    node = listener;
    engine.start(nodeName, new Tap());
  }

  @Override
  public NodeAddress address() {
    return engine.address();
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {
    engine.seek(addresses);
  }

  @Override
  public long refusedConnections() {
    return engine.refusedConnections();
  }

  @Override
  public void close() {
    engine.close();
  }

  private final class Tap implements Listener {
    @Override
    public void connected(Connection connection) {
      connections.put(connection.peerName(), connection);
      node.connected(connection);
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
      node.received(connection, frame);
    }

    @Override
    public void disconnected(Connection connection, String reason) {
      connections.remove(connection.peerName(), connection);
      node.disconnected(connection, reason);
    }

    @Override
    public void writable(Connection connection) {
      node.writable(connection);
    }

    @Override
    public void located(NodeAddress sought, String nodeName) {
      node.located(sought, nodeName);
    }

    @Override
    public void unreachable(NodeAddress sought, String reason) {
      node.unreachable(sought, reason);
    }
  }
}
