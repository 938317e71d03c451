package dev.cets.jgroups;

import dev.cets.jgroups.Packet.Taken;
import dev.cets.spi.Transport;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The frames of one connection on their way in: pieces that are put together. On the loop only. */
final class Inflow {
  /** The peer is told so early that it never has to wait for a peer that is not slow. */
  private static final long TELL_BYTES = Outflow.MAX_IN_FLIGHT_BYTES / 4;

  private static final long TELL_PIECES = Outflow.MAX_IN_FLIGHT_PIECES / 4;

  /** Takes frames. */
  interface Sink {
    /** One more. Returns whether it wants more. */
    boolean frame(ByteBuffer frame);
  }

  private Taken taken = Taken.NOTHING;
  private Taken told = Taken.NOTHING;
  private int length;
  private int lengthBytes;
  private @Nullable ByteBuffer current;

  long pieces() {
    return taken.pieces();
  }

  /** What is taken now; from here on the peer knows it. */
  Taken tell() {
    told = taken;
    return taken;
  }

  boolean isTellingDue() {
    return taken.pieces() - told.pieces() >= TELL_PIECES
        || taken.bytes() - told.bytes() >= TELL_BYTES;
  }

  /**
   * Takes the next piece, and hands on what it completes.
   *
   * @throws BadPacketException if a frame is larger than allowed
   */
  void take(ByteBuffer piece, Sink sink) throws BadPacketException {
    taken = new Taken(taken.pieces() + 1, taken.bytes() + piece.remaining());
    while (piece.hasRemaining()) {
      ByteBuffer frame = next(piece);
      if (frame != null && !sink.frame(frame)) {
        return;
      }
    }
  }

  private @Nullable ByteBuffer next(ByteBuffer piece) throws BadPacketException {
    ByteBuffer begun = current;
    if (begun == null) {
      while (lengthBytes < Integer.BYTES) {
        if (!piece.hasRemaining()) {
          return null;
        }
        length = length << 8 | Byte.toUnsignedInt(piece.get());
        lengthBytes++;
      }
      if (length < 0 || length > Transport.MAX_FRAME_BYTES) {
        throw new BadPacketException(
            "has a frame of %d bytes; %d are allowed"
                .formatted(Integer.toUnsignedLong(length), Transport.MAX_FRAME_BYTES));
      }
      // Of its own, so that a small frame that is kept does not keep a whole piece.
      begun = ByteBuffer.allocate(length);
      current = begun;
    }
    int count = Math.min(begun.remaining(), piece.remaining());
    begun.put(piece.slice(piece.position(), count));
    piece.position(piece.position() + count);
    if (begun.hasRemaining()) {
      return null;
    }
    current = null;
    lengthBytes = 0;
    return begun.flip();
  }
}
