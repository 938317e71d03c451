package dev.cets.wire;

import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads what a {@link WireWriter} wrote. The bytes come from elsewhere and may be anything: every
 * length is checked against what is left before anything is made of it.
 */
public final class WireReader {
  private static final int MAX_SHIFT = 63;
  private static final int SEVEN_BITS = 0x7f;

  private final ByteBuffer bytes;
  private final long latestStamp;

  /** Reads from the buffer's position to its limit. */
  public WireReader(ByteBuffer bytes) {
    this(bytes, Long.MAX_VALUE);
  }

  /** As the other; stamps later than this are not to be believed. */
  public WireReader(ByteBuffer bytes, long latestStamp) {
    this.bytes = bytes;
    this.latestStamp = latestStamp;
  }

  /** Stamps later than this are not to be believed. */
  public long latestStamp() {
    return latestStamp;
  }

  /** How many bytes are left. */
  public int remaining() {
    return bytes.remaining();
  }

  /** One byte, 0 to 255. */
  public int readByte() {
    need(1);
    return bytes.get() & 0xff;
  }

  /** Eight bytes. */
  public long readLong() {
    need(Long.BYTES);
    return bytes.getLong();
  }

  /** A number of 0 or more. */
  public long readNumber() {
    long value = 0;
    for (int shift = 0; shift < MAX_SHIFT; shift += 7) {
      int next = readByte();
      value |= (long) (next & SEVEN_BITS) << shift;
      if (next <= SEVEN_BITS) {
        return value;
      }
    }
    throw new DecodeException("a number of more than 63 bits");
  }

  /**
   * How many things follow, each of at least so many bytes.
   *
   * @throws DecodeException if there is not room for them in what is left
   */
  public int readCount(int bytesEach) {
    long count = readNumber();
    if (count > remaining() / bytesEach) {
      throw new DecodeException(
          "a count of " + count + " things, but only " + remaining() + " bytes are left");
    }
    return (int) count;
  }

  /** A part of the buffer that begins with its length; shares the bytes. */
  public ByteBuffer readSlice() {
    int length = readCount(1);
    ByteBuffer slice = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return slice;
  }

  /** A text. */
  public String readText() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(readSlice()).toString();
    } catch (CharacterCodingException e) {
      throw new DecodeException("a text that is not UTF-8", e);
    }
  }

  /**
   * Says that all has been read.
   *
   * @throws DecodeException if something is left
   */
  public void end() {
    if (bytes.hasRemaining()) {
      throw new DecodeException(bytes.remaining() + " bytes too many");
    }
  }

  private void need(int count) {
    if (bytes.remaining() < count) {
      throw new DecodeException(
          "cut off: " + count + " bytes needed, " + bytes.remaining() + " left");
    }
  }
}
