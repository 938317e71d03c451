package dev.cets.bench.member;

/**
 * What is written: a small text as key, and 48 bytes.
 *
 * @param key unlike all others
 * @param value belongs to whom it is given
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Item(String key, byte[] value) {
  private static final int VALUE_BYTES = 48;

  /** The item of a number; its value is all zero, and its own. */
  public static Item of(long number) {
    return new Item(key(number), new byte[VALUE_BYTES]);
  }

  /** The item of a number with another value: its first byte. */
  public static Item of(long number, byte first) {
    Item item = of(number);
    item.value[0] = first;
    return item;
  }

  /** The key of a number. */
  public static String key(long number) {
    return "key-" + number;
  }
}
