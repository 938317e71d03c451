package dev.cets.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Lends one buffer to all channels of a loop. Who reads from it copies what it wants before the
 * next read; to get a buffer from Netty for each read costs more than to fill it.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
  private static final int BYTES = 64 * 1024;

  /** Not from an allocator: nobody has to free it. */
  private final ByteBuf shared = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(BYTES));

  @Override
  @SuppressWarnings("deprecation") // Netty's own allocators have no other way
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator other) {
        return shared.refCnt() == 1 ? shared.clear().retain() : super.allocate(other);
      }

      @Override
      public int guess() {
        return BYTES;
      }
    };
  }
}
