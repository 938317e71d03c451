package dev.cets.replication;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Texts of one hash, as a stranger makes them who may choose keys: eight bytes, and eight more by
 * which the hash comes to where he wants it. He undoes the steps of {@code KeyHash}; one in some
 * thousands of what comes of that can be typed.
 */
final class CraftedKeys {
  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final long WANTED = 42;

  private CraftedKeys() {}

  /** So many, in the order of their bytes. */
  static List<String> ofOneHash(int count) {
    List<String> keys = new ArrayList<>();
    for (int i = 0; keys.size() < count; i++) {
      byte[] first = String.format(Locale.ROOT, "%08d", i).getBytes(StandardCharsets.US_ASCII);
      long begin = ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong();
      long hash = P5 + 2 * Long.BYTES ^ spread(begin);
      hash = Long.rotateLeft(hash, 27) * P1 + P4;
      long end = gathered(hash ^ WANTED);
      byte[] both =
          ByteBuffer.allocate(2 * Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(begin)
              .putLong(end)
              .array();
      String key = new String(both, StandardCharsets.US_ASCII);
      if (key.chars().allMatch(CraftedKeys::isPlain)) {
        keys.add(key);
      }
    }
    return keys;
  }

  /** To be seen in a transcript, and in a key of {@link Net.Node#write}. */
  private static boolean isPlain(int character) {
    return character > ' ' && character <= '~' && character != '=';
  }

  private static long spread(long lane) {
    return Long.rotateLeft(lane * P2, 31) * P1;
  }

  private static long gathered(long spread) {
    return Long.rotateRight(spread * inverse(P1), 31) * inverse(P2);
  }

  /** Of an odd number, modulo 2^64. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int i = 0; i < 5; i++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
