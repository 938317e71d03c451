package dev.cets.replication;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One end of a connection that keeps what is sent. */
class FakeConnection implements Connection {
  private final String peerName;
  private final List<ByteBuffer> sent = new ArrayList<>();
  private @Nullable String closed;
  private boolean writable = true;

  FakeConnection(String peerName) {
    this.peerName = peerName;
  }

  List<ByteBuffer> sent() {
    return sent;
  }

  /** Why it was closed by this side, or null. */
  @Nullable String closed() {
    return closed;
  }

  void writable(boolean room) {
    writable = room;
  }

  @Override
  public String peerName() {
    return peerName;
  }

  @Override
  public NodeAddress peerAddress() {
    return new NodeAddress(peerName, 7800);
  }

  @Override
  public void send(ByteBuffer frame) {
    sent.add(frame);
  }

  @Override
  public boolean writable() {
    return writable;
  }

  @Override
  public void close(String reason) {
    closed = reason;
  }
}
