package dev.cets.testkit.sim;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import dev.cets.wire.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/**
 * Makes of a node one of the next version, as its peers see it: it greets with a version more, with
 * a capability and a field that nobody knows, and otherwise speaks as those do that it meets, which
 * is what a rolling upgrade asks of it.
 */
final class LaterVersion implements Transport {
  /** Of {@code Greeting}, for good. */
  private static final int GREETING = 1;

  private static final long UNKNOWN_CAPABILITY = 1L << 40;

  private final Transport engine;

  LaterVersion(Transport engine) {
    this.engine = engine;
  }

  /** The frame as a later version would have written it. */
  static ByteBuffer later(ByteBuffer frame) {
    ByteBuffer opened = frame.duplicate();
    if (Envelope.open(opened) != GREETING) {
      return frame;
    }
    WireReader in = new WireReader(opened);
    WireWriter out = Envelope.begin(GREETING, frame.remaining() + Long.BYTES);
    out.putCount(in.readNumber());
    out.putCount(in.readNumber() + 1);
    byte[] between = new byte[in.remaining() - Long.BYTES];
    for (int i = 0; i < between.length; i++) {
      between[i] = (byte) in.readByte();
    }
    out.putRaw(between, 0, between.length);
    out.putLong(in.readLong() | UNKNOWN_CAPABILITY);
    out.putText("a field that nobody knows");
    return Envelope.end(out);
  }

  @Override
  public EventLoop loop() {
    return engine.loop();
  }

  @Override
  public void start(String nodeName, Listener listener) throws IOException {
    engine.start(nodeName, new Told(listener));
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

  private record Speaking(Connection connection) implements Connection {
    @Override
    public String peerName() {
      return connection.peerName();
    }

    @Override
    public NodeAddress peerAddress() {
      return connection.peerAddress();
    }

    @Override
    public void send(ByteBuffer frame) {
      connection.send(later(frame));
    }

    @Override
    public boolean writable() {
      return connection.writable();
    }

    @Override
    public void close(String reason) {
      connection.close(reason);
    }
  }

  /** The node is told of connections by which it speaks as a later one. */
  private static final class Told implements Listener {
    private final Listener node;
    private final IdentityHashMap<Connection, Speaking> speaking = new IdentityHashMap<>();

    Told(Listener node) {
      this.node = node;
    }

    private Speaking of(Connection connection) {
      return Objects.requireNonNull(speaking.get(connection), "a connection nobody told of");
    }

    @Override
    public void connected(Connection connection) {
      Speaking made = new Speaking(connection);
      speaking.put(connection, made);
      node.connected(made);
    }

    @Override
    public void received(Connection connection, ByteBuffer frame) {
      node.received(of(connection), frame);
    }

    @Override
    public void disconnected(Connection connection, String reason) {
      node.disconnected(of(connection), reason);
      speaking.remove(connection);
    }

    @Override
    public void writable(Connection connection) {
      node.writable(of(connection));
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
