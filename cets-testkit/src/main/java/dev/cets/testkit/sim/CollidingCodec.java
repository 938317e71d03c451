package dev.cets.testkit.sim;

import dev.cets.spi.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Gives the bytes of many values one hash, as somebody can who chooses keys: behind them it puts
 * eight bytes that undo what the ones before have made of the hash, see {@code KeyHash}. The other
 * values keep hashes of their own.
 */
final class CollidingCodec<T> implements Codec<T> {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final long WANTED = 42;

  private final Codec<T> plain;

  /** Of a codec whose values have 1 to 255 bytes. */
  CollidingCodec(Codec<T> plain) {
    this.plain = plain;
  }

  @Override
  public byte[] encode(T value) {
    byte[] bytes = plain.encode(value);
    int lanes = (1 + bytes.length + Long.BYTES - 1) / Long.BYTES;
    ByteBuffer out =
        ByteBuffer.allocate((lanes + 1) * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) bytes.length)
            .put(bytes);
    boolean collides = bytes[bytes.length - 1] % 2 == 0;
    if (collides) {
      out.putLong(lanes * Long.BYTES, lastLane(out, lanes));
    }
    return out.array();
  }

  private static long lastLane(ByteBuffer out, int lanes) {
    long hash = P5 + out.capacity();
    for (int i = 0; i < lanes; i++) {
      hash ^= Long.rotateLeft(out.getLong(i * Long.BYTES) * P2, 31) * P1;
      hash = Long.rotateLeft(hash, 27) * P1 + P4;
    }
    return Long.rotateRight((hash ^ WANTED) * inverse(P1), 31) * inverse(P2);
  }

  /** Of an odd number, modulo 2^64. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }

  @Override
  public T decode(ByteBuffer bytes) {
    int length = bytes.get() & 0xff;
    ByteBuffer plainBytes = bytes.slice(bytes.position(), length);
    bytes.position(bytes.limit());
    return plain.decode(plainBytes);
  }

  @Override
  public String fingerprint() {
    return "colliding " + plain.fingerprint();
  }

  @Override
  public boolean canonical() {
    return plain.canonical();
  }
}
