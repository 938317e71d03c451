package dev.cets.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** A name in four bytes: its CRC-32, which is the same on every platform and for ever. */
final class Tag {
  private Tag() {}

  /** An unsigned number of 32 bits. */
  static long of(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(UTF_8));
    return crc.getValue();
  }

  /**
   * Refuses names that look the same on the wire.
   *
   * @throws IllegalArgumentException if there are such
   */
  static void requireDistinct(String owner, List<String> names) {
    Map<Long, String> seen = new HashMap<>();
    for (String name : names) {
      String other = seen.put(of(name), name);
      if (other != null) {
        throw new IllegalArgumentException(
            owner + ": " + other + " and " + name + " have the same tag; rename one of them");
      }
    }
  }
}
