package dev.cets.jgroups;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One connection of a pair; there may be others after it. On the loop only. */
final class JGroupsConnection implements Transport.Connection {
  private final Pair pair;
  private final Identity peer;
  private final long sinceNanos;
  private final Exchange exchange;
  private @Nullable String endReason;

  JGroupsConnection(Pair pair, Identity peer, Exchange exchange, long sinceNanos) {
    this.pair = pair;
    this.peer = peer;
    this.exchange = exchange;
    this.sinceNanos = sinceNanos;
  }

  Identity peer() {
    return peer;
  }

  long sinceNanos() {
    return sinceNanos;
  }

  Exchange exchange() {
    return exchange;
  }

  Outflow out() {
    return exchange.out();
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
    if (out().put(frame)) {
      if (out().hasFullPiece()) {
        pair.pump();
      } else {
        pair.flushSoon();
      }
    } else {
      pair.reset(
          "more than " + Outflow.MAX_WAITING_BYTES + " bytes wait; the peer reads too slowly");
    }
  }

  @Override
  public boolean writable() {
    return !ended() && out().writable();
  }

  @Override
  public void close(String reason) {
    if (!ended()) {
      pair.close(reason);
    }
  }

  boolean ended() {
    return endReason != null;
  }

  @Nullable String endReason() {
    return endReason;
  }

  /** From here on nothing is handed to the listener, which is still to be told. */
  void end(String reason) {
    if (endReason == null) {
      endReason = reason;
    }
  }

  @Override
  public String toString() {
    return peer.toString();
  }
}
