package dev.cets.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A 64-bit hash of an encoded key, the same on every node: it says in which bucket a key is
 * compared. The mixing is that of xxHash64's short input path (Yann Collet), which spreads well and
 * needs no table.
 */
public final class KeyHash {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;

  private KeyHash() {}

  /** The hash of an encoded key. */
  public static long of(byte[] key) {
    return of(ByteBuffer.wrap(key));
  }

  /** The hash of the bytes between position and limit; the buffer stays as it is. */
  public static long of(ByteBuffer key) {
    ByteBuffer bytes = key.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long hash = P5 + bytes.remaining();
    while (bytes.remaining() >= Long.BYTES) {
      hash ^= Long.rotateLeft(bytes.getLong() * P2, 31) * P1;
      hash = Long.rotateLeft(hash, 27) * P1 + P4;
    }
    while (bytes.hasRemaining()) {
      hash ^= (bytes.get() & 0xff) * P5;
      hash = Long.rotateLeft(hash, 11) * P1;
    }
    return mix(hash);
  }

  /** Spreads every bit of a number over all of them. */
  public static long mix(long value) {
    long hash = value;
    hash = (hash ^ (hash >>> 33)) * P2;
    hash = (hash ^ (hash >>> 29)) * P3;
    return hash ^ (hash >>> 32);
  }
}
