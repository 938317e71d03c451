package dev.cets.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;

/**
 * Gathers the small frames that go to one peer, so that many leave in one system call; in a buffer
 * that is used again and again, since to get one from Netty for each costs more than to fill it.
 */
final class Outbox {
  /** So much is gathered before the peer gets the first of it. */
  private static final int BYTES = 64 * 1024;

  private final Channel channel;

  /** Not from an allocator: nobody has to free it. */
  private final ByteBuf gathered = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(BYTES)).clear();

  Outbox(Channel channel) {
    this.channel = channel;
  }

  /** How many bytes the channel does not know of yet. */
  int bytes() {
    return inUse() ? 0 : gathered.readableBytes();
  }

  /** Takes a copy of a frame. */
  void put(ByteBuffer frame) {
    int needed = FrameReader.HEADER_BYTES + frame.remaining();
    if (bytes() + needed > BYTES) {
      flush();
    }
    if (needed > BYTES) {
      Channels.write(channel, frame);
      channel.flush();
    } else if (inUse()) {
      Channels.write(channel, frame);
    } else {
      if (!gathered.isReadable()) {
        gathered.clear();
      }
      gathered.writeInt(frame.remaining()).writeBytes(frame.duplicate());
    }
  }

  /** The peer reads slowly: the channel still holds what was gathered last. */
  private boolean inUse() {
    return gathered.refCnt() > 1;
  }

  /** Hands all to the network. */
  void flush() {
    if (bytes() == 0) {
      channel.flush();
      return;
    }
    ByteBuf full = gathered.retainedDuplicate();
    gathered.skipBytes(gathered.readableBytes());
    var unused = channel.writeAndFlush(full, channel.voidPromise());
  }
}
