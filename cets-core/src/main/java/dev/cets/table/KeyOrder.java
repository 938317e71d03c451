package dev.cets.table;

import dev.cets.spi.Codec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToIntFunction;

/**
 * The order of an ordered set's keys: the application's, and among keys that it does not tell
 * apart, that of their bytes. So no key is ever taken for another, whatever the comparator says.
 */
public final class KeyOrder<K> implements Comparator<K> {
  private final Comparator<? super K> comparator;
  private final Codec<K> codec;

  /** The order of this comparator. */
  public KeyOrder(Comparator<? super K> comparator, Codec<K> codec) {
    this.comparator = comparator;
    this.codec = codec;
  }

  @Override
  public int compare(K a, K b) {
    if (a instanceof Place<?> place) {
      return place.comparedWith(b);
    }
    if (b instanceof Place<?> place) {
      return -place.comparedWith(a);
    }
    int order = comparator.compare(a, b);
    return order != 0 || a.equals(b)
        ? order
        : Arrays.compareUnsigned(codec.encode(a), codec.encode(b));
  }

  /** What can stand for a key in a search: right before the first one that is not before it. */
  @SuppressWarnings("unchecked") // the map keeps no types, and the comparator above knows it
  static <K> K place(ToIntFunction<? super K> position) {
    return (K) new Place<>(position);
  }

  private record Place<K>(ToIntFunction<? super K> position) {
    @SuppressWarnings("unchecked")
    int comparedWith(Object key) {
      return position.applyAsInt((K) key) < 0 ? 1 : -1;
    }
  }
}
