package dev.cets.jgroups;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import dev.cets.spi.Transport.Listener;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a listener was told, to be looked at from any thread. */
class Heard implements Listener {
  final List<Connection> connected = new CopyOnWriteArrayList<>();
  final List<Connection> disconnected = new CopyOnWriteArrayList<>();
  final List<String> reasons = new CopyOnWriteArrayList<>();
  final List<ByteBuffer> frames = new CopyOnWriteArrayList<>();
  final List<String> located = new CopyOnWriteArrayList<>();
  final List<String> unreachable = new CopyOnWriteArrayList<>();

  @Override
  public void connected(Connection connection) {
    connected.add(connection);
  }

  @Override
  public void received(Connection connection, ByteBuffer frame) {
    frames.add(frame);
  }

  @Override
  public void disconnected(Connection connection, String reason) {
    disconnected.add(connection);
    reasons.add(reason);
  }

  @Override
  public void writable(Connection connection) {}

  @Override
  public void located(NodeAddress sought, String nodeName) {
    located.add(sought + " is " + nodeName);
  }

  @Override
  public void unreachable(NodeAddress sought, String reason) {
    unreachable.add(reason);
  }
}
