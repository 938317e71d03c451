package dev.cets.jgroups;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import dev.cets.spi.Transport.Listener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A listener that sends numbered frames on every connection, and writes down what would be wrong: a
 * hole, another connection's frame, a second connection with a peer, words after the end.
 */
final class Told implements Listener {
  /** So much is sent as soon as a connection is told: it does not wait for the turn's end. */
  private static final int GREETING_BYTES = 2 * Outflow.MAX_PIECE_BYTES;

  final List<Connection> open = new ArrayList<>();
  final List<String> ends = new ArrayList<>();
  final List<String> wrong = new ArrayList<>();
  private final Set<Connection> over = new HashSet<>();
  private final List<Stream> streams = new ArrayList<>();
  private long connections;
  long received;

  private static final class Stream {
    final Connection connection;
    final long number;
    long sent;
    long heardOf = -1;
    long heard;

    Stream(Connection connection, long number) {
      this.connection = connection;
      this.number = number;
    }
  }

  private Stream of(Connection connection) {
    return streams.stream()
        .filter(stream -> stream.connection.equals(connection))
        .findFirst()
        .orElseThrow();
  }

  /** Sends so many frames of this size on each connection that has room. */
  void sendOnAll(int count, int bytes) {
    List.copyOf(open).forEach(connection -> send(connection, count, bytes));
  }

  private void send(Connection connection, int count, int bytes) {
    Stream stream = of(connection);
    for (int i = 0; i < count && connection.writable(); i++) {
      connection.send(
          ByteBuffer.allocate(16 + bytes).putLong(0, stream.number).putLong(8, stream.sent++));
    }
  }

  @Override
  public void connected(Connection connection) {
    if (open.stream().anyMatch(other -> other.peerName().equals(connection.peerName()))) {
      wrong.add("a second connection with " + connection.peerName());
    }
    open.add(connection);
    streams.add(new Stream(connection, ++connections));
    send(connection, 1, GREETING_BYTES);
  }

  @Override
  public void received(Connection connection, ByteBuffer frame) {
    if (!open.contains(connection)) {
      wrong.add("a frame while not connected");
      return;
    }
    Stream stream = of(connection);
    long sender = frame.getLong();
    if (stream.heardOf >= 0 && stream.heardOf != sender) {
      wrong.add("a frame of another connection");
    }
    stream.heardOf = sender;
    long number = frame.getLong();
    if (number != stream.heard) {
      wrong.add("frame " + number + " after " + (stream.heard - 1));
    }
    stream.heard = number + 1;
    received++;
  }

  @Override
  public void disconnected(Connection connection, String reason) {
    if (!open.remove(connection) || !over.add(connection)) {
      wrong.add("disconnected while not connected");
    }
    ends.add(reason);
  }

  @Override
  public void writable(Connection connection) {
    if (!open.contains(connection)) {
      wrong.add("writable while not connected");
    }
  }

  @Override
  public void located(NodeAddress sought, String nodeName) {}

  @Override
  public void unreachable(NodeAddress sought, String reason) {}
}
