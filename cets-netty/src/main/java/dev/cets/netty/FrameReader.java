package dev.cets.netty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into frames: four bytes of length, then the body. A body is copied once,
 * from the network's buffer into the array that its receiver keeps, however many reads it takes.
 */
final class FrameReader {
  static final int HEADER_BYTES = 4;

  /** Takes frames. */
  interface Sink {
    /** Returns whether it wants what follows. */
    boolean frame(ByteBuffer frame);
  }

  /** A frame is announced that is larger than the limit. */
  static final class TooLargeException extends Exception {
    private static final long serialVersionUID = 1;

    TooLargeException(long bytes, int maxBytes) {
      super("sent a frame of " + bytes + " bytes; " + maxBytes + " are allowed");
    }
  }

  private int maxBytes;
  private int header;
  private int headerBytes;
  private byte @Nullable [] body;
  private int bodyBytes;

  FrameReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Holds from the next frame on. */
  void limit(int bytes) {
    maxBytes = bytes;
  }

  /** Reads all there is, or until the sink wants no more. The buffer stays the caller's. */
  void read(ByteBuf in, Sink sink) throws TooLargeException {
    while (true) {
      byte[] target = body;
      if (target == null) {
        if (!readHeader(in)) {
          return;
        }
        target = new byte[header];
        body = target;
      }
      int count = Math.min(target.length - bodyBytes, in.readableBytes());
      in.readBytes(target, bodyBytes, count);
      bodyBytes += count;
      if (bodyBytes < target.length) {
        return;
      }
      body = null;
      bodyBytes = 0;
      if (!sink.frame(ByteBuffer.wrap(target))) {
        return;
      }
    }
  }

  private boolean readHeader(ByteBuf in) throws TooLargeException {
    if (headerBytes == 0 && in.readableBytes() >= HEADER_BYTES) {
      header = in.readInt();
    } else {
      while (headerBytes < HEADER_BYTES && in.isReadable()) {
        header = header << 8 | in.readUnsignedByte();
        headerBytes++;
      }
      if (headerBytes < HEADER_BYTES) {
        return false;
      }
      headerBytes = 0;
    }
    if (header < 0 || header > maxBytes) {
      throw new TooLargeException(Integer.toUnsignedLong(header), maxBytes);
    }
    return true;
  }
}
