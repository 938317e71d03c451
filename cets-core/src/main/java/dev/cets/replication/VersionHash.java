package dev.cets.replication;

import dev.cets.wire.KeyHash;

/**
 * A strong hash of a version, of two numbers, that is the same on every node. Digests are sums of
 * them: equal ones mean equal sets of versions.
 */
public final class VersionHash {
  private static final long SALT = 0x9E3779B97F4A7C15L;

  private VersionHash() {}

  /** Of a key, by its hash, and who wrote it. */
  public static long name(long keyHash, Origin origin) {
    return KeyHash.mix(keyHash + origin.hash());
  }

  /** The first number. */
  public static long low(long name, long stamp) {
    return KeyHash.mix(name ^ (stamp * SALT));
  }

  /** The second number. */
  public static long high(long name, long low) {
    return KeyHash.mix(low + Long.rotateLeft(name, 32) * SALT);
  }
}
