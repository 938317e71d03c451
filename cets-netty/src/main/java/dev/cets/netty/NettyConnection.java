package dev.cets.netty;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import io.netty.channel.socket.SocketChannel;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An established connection. On the loop only. */
final class NettyConnection implements Transport.Connection {
  /** So much may wait for one peer; a sender that ignores {@link #writable} loses the peer. */
  static final long MAX_WAITING_BYTES = 64L * 1024 * 1024;

  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Switchboard switchboard;
  private final SocketChannel channel;
  private final Hello peer;
  private final long sinceNanos;
  private final Outbox outbox;
  private boolean flushPlanned;
  private @Nullable String endReason;
  private boolean endTold;

  NettyConnection(Switchboard switchboard, SocketChannel channel, Hello peer, long sinceNanos) {
    this.switchboard = switchboard;
    this.channel = channel;
    this.outbox = new Outbox(channel);
    this.peer = peer;
    this.sinceNanos = sinceNanos;
  }

  Hello peer() {
    return peer;
  }

  SocketChannel channel() {
    return channel;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  @Override
  public String peerName() {
    return peer.name();
  }

  @Override
  public NodeAddress peerAddress() {
    return peer.address();
  }

  @Override
  public void send(ByteBuffer frame) {
    int length = frame.remaining();
    if (length > Transport.MAX_FRAME_BYTES) {
      throw new IllegalArgumentException(
          "a frame of " + length + " bytes; " + Transport.MAX_FRAME_BYTES + " are allowed");
    }
    if (ended()) {
      return;
    }
    if (waitingBytes() + length > MAX_WAITING_BYTES) {
      giveUp("more than " + MAX_WAITING_BYTES + " bytes wait; the peer reads too slowly");
      return;
    }
    try {
      outbox.put(frame);
    } catch (OutOfMemoryError e) {
      // Of direct memory; that is no reason to fail the node's protocol.
      giveUp("no memory for a frame of " + length + " bytes");
      return;
    }
    if (!flushPlanned) {
      flushPlanned = true;
      switchboard.flushSoon(this);
    }
  }

  /** At the end of the loop's turn: whatever one turn sends goes out in one system call. */
  void flush() {
    flushPlanned = false;
    outbox.flush();
  }

  private void giveUp(String reason) {
    end(reason);
    Channels.close(channel);
  }

  private long waitingBytes() {
    // What a writable channel holds is little, and Netty does not tell.
    return channel.isWritable() ? 0 : channel.bytesBeforeWritable() + Channels.WRITABLE_BYTES;
  }

  @Override
  public boolean writable() {
    return !ended() && channel.isWritable();
  }

  @Override
  public void close(String reason) {
    if (!ended()) {
      end(reason);
      closeGently();
    }
  }

  void closeGently() {
    outbox.flush();
    Channels.closeGently(channel, CLOSE_NANOS);
  }

  boolean ended() {
    return endReason != null;
  }

  /**
   * From here on nothing is sent or received. The listener hears of it in a turn of its own, as the
   * end may come inside one of its calls.
   */
  void end(String reason) {
    if (!ended()) {
      endReason = reason;
      switchboard.execute(this::tellEnd);
    }
  }

  /** Tells the end, if there is one that was not told. */
  void tellEnd() {
    if (endReason != null && !endTold) {
      endTold = true;
      switchboard.lost(this, endReason);
    }
  }

  /** The channel has room again. */
  void hasRoom() {
    // Like the end, room may come inside a call of the listener: a send may flush.
    switchboard.execute(
        () -> {
          if (writable()) {
            switchboard.listener().writable(this);
          }
        });
  }

  @Override
  public String toString() {
    return peer.name() + " at " + peer.address();
  }
}
