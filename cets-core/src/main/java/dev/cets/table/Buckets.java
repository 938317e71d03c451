package dev.cets.table;

import dev.cets.replication.Version;
import dev.cets.replication.VersionHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries by hash, with a digest for each bucket. A digest is a sum, so that a version comes
 * and goes in constant time, and two neighbours add up to the digest of their union: nodes with
 * different numbers of buckets can compare.
 */
final class Buckets<K, R> {
  static final int MIN_BITS = 8;
  static final int MAX_BITS = 18;
  private static final int ENTRIES_PER_BUCKET = 16;
  private static final int MIN_ROOM = 4;

  private int bits = MIN_BITS;
  private int size;

  /** In no order. Arrays, as a list's links would cost a cache miss for each neighbour. */
  private @Nullable Entry<K, R>[][] buckets = table(MIN_BITS);

  private int[] counts = new int[1 << MIN_BITS];
  private long[] digests = new long[2 << MIN_BITS];

  int bits() {
    return bits;
  }

  int size() {
    return size;
  }

  void add(Entry<K, R> entry) {
    if (++size > (ENTRIES_PER_BUCKET << bits) && bits < MAX_BITS) {
      grow();
    }
    int bucket = bucket(entry.hash());
    put(entry, bucket);
    count(entry, bucket, 1);
  }

  void remove(Entry<K, R> entry) {
    size--;
    int bucket = bucket(entry.hash());
    @Nullable Entry<K, R>[] held = buckets[bucket];
    int last = --counts[bucket];
    held[find(entry, bucket)] = held[last];
    held[last] = null;
    count(entry, bucket, -1);
  }

  /** Both are of one key. */
  void replace(Entry<K, R> old, Entry<K, R> entry) {
    int bucket = bucket(entry.hash());
    buckets[bucket][find(old, bucket)] = entry;
    count(old, bucket, -1);
    count(entry, bucket, 1);
  }

  /** This one stays, and its one version is about to have another stamp. */
  void restamp(Entry<K, R> entry, long stamp) {
    int bucket = bucket(entry.hash());
    long name = VersionHash.name(entry.hash(), entry.origin());
    count(name, entry.stamp(), bucket, -1);
    count(name, stamp, bucket, 1);
  }

  @SuppressWarnings("ReferenceEquality") // this very entry
  private int find(Entry<K, R> entry, int bucket) {
    @Nullable Entry<K, R>[] held = buckets[bucket];
    for (int i = 0; i < held.length; i++) {
      if (held[i] == entry) {
        return i;
      }
    }
    throw new IllegalStateException("not in its bucket: " + entry);
  }

  void clear() {
    bits = MIN_BITS;
    size = 0;
    buckets = table(MIN_BITS);
    counts = new int[1 << MIN_BITS];
    digests = new long[2 << MIN_BITS];
  }

  List<Entry<K, R>> in(long from, long to) {
    List<Entry<K, R>> found = new ArrayList<>();
    int last = bucket(to);
    for (int bucket = bucket(from); bucket <= last; bucket++) {
      for (int i = 0; i < counts[bucket]; i++) {
        Entry<K, R> entry = buckets[bucket][i];
        if (entry != null
            && Long.compareUnsigned(entry.hash(), from) >= 0
            && Long.compareUnsigned(entry.hash(), to) <= 0) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  long[] digests(int coarseBits, int first, int count) {
    long[] sums = new long[2 * count];
    int fold = bits - coarseBits;
    for (int bucket = first << fold; bucket < (first + count) << fold; bucket++) {
      int into = (bucket >> fold) - first;
      sums[2 * into] += digests[2 * bucket];
      sums[2 * into + 1] += digests[2 * bucket + 1];
    }
    return sums;
  }

  private int bucket(long hash) {
    return (int) (hash >>> (Long.SIZE - bits));
  }

  private void put(Entry<K, R> entry, int bucket) {
    @Nullable Entry<K, R>[] held = buckets[bucket];
    int at = counts[bucket]++;
    if (at == held.length) {
      held = Arrays.copyOf(held, Math.max(MIN_ROOM, at + at / 2));
      buckets[bucket] = held;
    }
    held[at] = entry;
  }

  private void count(Entry<K, R> entry, int bucket, int sign) {
    for (int i = 0; i < entry.count(); i++) {
      Version<R> version = entry.version(i);
      long name = VersionHash.name(entry.hash(), version.origin());
      count(name, version.stamp(), bucket, sign);
    }
  }

  private void count(long name, long stamp, int bucket, int sign) {
    long low = VersionHash.low(name, stamp);
    digests[2 * bucket] += sign * low;
    digests[2 * bucket + 1] += sign * VersionHash.high(name, low);
  }

  private void grow() {
    @Nullable Entry<K, R>[][] old = buckets;
    bits += 2;
    buckets = table(bits);
    counts = new int[1 << bits];
    digests = new long[2 << bits];
    for (@Nullable Entry<K, R>[] held : old) {
      for (Entry<K, R> entry : held) {
        if (entry != null) {
          int bucket = bucket(entry.hash());
          put(entry, bucket);
          count(entry, bucket, 1);
        }
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, R> @Nullable Entry<K, R>[][] table(int bits) {
    @Nullable Entry<K, R>[][] buckets = new Entry[1 << bits][];
    Arrays.fill(buckets, new Entry[0]);
    return buckets;
  }
}
