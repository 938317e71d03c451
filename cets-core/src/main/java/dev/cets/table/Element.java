package dev.cets.table;

import dev.cets.spi.Codec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A record of a bag, which stands in the place of a key: elements are equal if their records' bytes
 * are. One without a record stands for its key, before all elements of that key.
 */
public final class Element<K, R> {
  private final K key;
  private final @Nullable R record;
  private final Codec<R> codec;
  private final long hash;
  private final int keyHash;

  Element(K key, @Nullable R record, long hash, Codec<R> codec) {
    this.key = key;
    this.record = record;
    this.codec = codec;
    this.hash = hash;
    this.keyHash = key.hashCode();
  }

  /** What stands for its key. */
  Element<K, R> ofItsKey() {
    return record == null ? this : new Element<>(key, null, 0, codec);
  }

  /** The key of the record. */
  public K key() {
    return key;
  }

  /** The record. */
  public R record() {
    if (record == null) {
      throw new IllegalStateException("a key, not an element: " + key);
    }
    return record;
  }

  /** Puts the elements of one key next to each other, and otherwise in no order of any meaning. */
  int compareTo(Element<K, R> other) {
    int order = Integer.compare(keyHash, other.keyHash);
    if (order != 0) {
      return order;
    }
    if (record == null || other.record == null) {
      return Boolean.compare(record != null, other.record != null);
    }
    order = Long.compare(hash, other.hash);
    return order != 0 || record.equals(other.record)
        ? order
        : Arrays.compareUnsigned(codec.encode(record), codec.encode(other.record));
  }

  boolean isOf(K otherKey) {
    return key.equals(otherKey);
  }

  boolean mayBeOfKeyOf(Element<K, R> other) {
    return keyHash == other.keyHash;
  }

  @Override
  @SuppressWarnings("unchecked") // types are not looked at
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Element<?, ?> element
            && hash == element.hash
            && key.equals(element.key)
            && compareTo((Element<K, R>) element) == 0);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash) ^ keyHash;
  }

  @Override
  public String toString() {
    return String.valueOf(record == null ? key : record);
  }
}
