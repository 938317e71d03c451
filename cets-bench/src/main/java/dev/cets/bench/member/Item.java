package dev.cets.bench.member;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What is written: a small text as key, and 48 bytes.
 *
 * @param key unlike all others
 * @param value belongs to whom it is given
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Item(String key, byte[] value) {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Of a value, where nothing else is said. */
  static final int VALUE_BYTES = 48;

  /** The item of a number; its value is all zero, and its own. */
  public static Item of(long number) {
    return ofSize(number, VALUE_BYTES);
  }

  /** The same with a value of so many bytes. */
  static Item ofSize(long number, int valueBytes) {
    return new Item(key(number), new byte[valueBytes]);
  }

  /** The item of a number with a value that no other has. */
  static Item random(long number, RandomGenerator random) {
    Item item = of(number);
    random.nextBytes(item.value);
    return item;
  }

  /** Equal for equal keys and values, and hardly for others. */
  long hash() {
    return (long) key.hashCode() * MIX + Arrays.hashCode(value);
  }

  /** The key of a number. */
  public static String key(long number) {
    return "key-" + number;
  }
}
