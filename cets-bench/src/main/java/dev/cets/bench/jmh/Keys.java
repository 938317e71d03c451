package dev.cets.bench.jmh;

import dev.cets.bench.member.Item;
import java.util.Arrays;

/** The keys that benchmarks go through, each far from the one before. */
final class Keys {
  static final int COUNT = 100_000;

  private static final int STRIDE = 7_919;

  private final String[] keys = new String[COUNT];
  private int place;

  Keys() {
    Arrays.setAll(keys, Item::key);
  }

  String next() {
    return keys[nextPlace()];
  }

  int nextPlace() {
    place = (place + STRIDE) % COUNT;
    return place;
  }

  String[] sorted() {
    String[] sorted = keys.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
