package dev.cets.bench.codec;

import java.util.Arrays;
import java.util.Random;

/**
 * Harms bytes, the same seed in the same way: bits that flip, bytes that are lost or come twice.
 */
final class Damage {
  private static final int MOST_WOUNDS = 4;
  private static final int LONGEST = 20;

  private Damage() {}

  static byte[] of(byte[] valid, long seed) {
    Random random = new Random(seed);
    byte[] bytes = valid.clone();
    for (int wounds = 1 + random.nextInt(MOST_WOUNDS); wounds > 0 && bytes.length > 0; wounds--) {
      int at = random.nextInt(bytes.length);
      int to = at + random.nextInt(Math.min(bytes.length - at, LONGEST) + 1);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        case 1 -> bytes[at] = (byte) (random.nextBoolean() ? -1 : 0);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = joined(bytes, at, to);
        default -> bytes = joined(bytes, to, at);
      }
    }
    return bytes;
  }

  /** The head up to here, then the tail from there: what is between is lost, or comes twice. */
  private static byte[] joined(byte[] bytes, int headEnd, int tailStart) {
    byte[] result = Arrays.copyOf(bytes, headEnd + bytes.length - tailStart);
    System.arraycopy(bytes, tailStart, result, headEnd, bytes.length - tailStart);
    return result;
  }
}
