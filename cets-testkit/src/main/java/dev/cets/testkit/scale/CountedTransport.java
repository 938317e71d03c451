package dev.cets.testkit.scale;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/** Passes everything on between an engine and its node, and counts the frames that come. */
final class CountedTransport implements Transport {
  private final Transport engine;
  private final Traffic traffic;

  CountedTransport(Transport engine, Traffic traffic) {
    this.engine = engine;
    this.traffic = traffic;
  }

  @Override
  public EventLoop loop() {
    return engine.loop();
  }

  @Override
  public void start(String nodeName, Listener listener) throws IOException {
    engine.start(nodeName, new Counting(listener, traffic));
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
  public void close() {
    engine.close();
  }

  private record Counting(Listener node, Traffic traffic) implements Listener {
    @Override
    public void connected(Connection connection) {
      node.connected(connection);
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
      traffic.received(frame);
      node.received(connection, frame);
    }

    @Override
    public void disconnected(Connection connection, String reason) {
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
