package dev.cets.table;

import dev.cets.replication.Version;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries by hash, in lists, with a digest for each list. A digest is a sum, so that a version
 * comes and goes in constant time, and two neighbours add up to the digest of their union: nodes
 * with different numbers of buckets can compare.
 */
final class Buckets<K, R> {
  static final int MIN_BITS = 8;
  static final int MAX_BITS = 18;
  private static final int ENTRIES_PER_BUCKET = 16;
  private static final long SALT = 0x9E3779B97F4A7C15L;

  private int bits = MIN_BITS;
  private int size;
  private @Nullable Entry<K, R>[] heads = table(MIN_BITS);
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
    link(entry, bucket);
    count(entry, bucket, 1);
  }

  void remove(Entry<K, R> entry) {
    size--;
    int bucket = bucket(entry.hash());
    Entry<K, R> before = entry.previous;
    Entry<K, R> after = entry.next;
    if (before == null) {
      heads[bucket] = after;
    } else {
      before.next = after;
    }
    if (after != null) {
      after.previous = before;
    }
    entry.previous = null; // it may live on as a version in a conflict, and must hold no others
    entry.next = null;
    count(entry, bucket, -1);
  }

  void clear() {
    bits = MIN_BITS;
    size = 0;
    heads = table(MIN_BITS);
    digests = new long[2 << MIN_BITS];
  }

  List<Entry<K, R>> in(long from, long to) {
    List<Entry<K, R>> found = new ArrayList<>();
    int last = bucket(to);
    for (int bucket = bucket(from); bucket <= last; bucket++) {
      for (Entry<K, R> entry = heads[bucket]; entry != null; entry = entry.next) {
        if (Long.compareUnsigned(entry.hash(), from) >= 0
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

  private void link(Entry<K, R> entry, int bucket) {
    Entry<K, R> head = heads[bucket];
    entry.previous = null;
    entry.next = head;
    if (head != null) {
      head.previous = entry;
    }
    heads[bucket] = entry;
  }

  private void count(Entry<K, R> entry, int bucket, int sign) {
    for (int i = 0; i < entry.count(); i++) {
      Version<R> version = entry.version(i);
      long name = KeyHash.mix(entry.hash() + version.origin().hash());
      long low = KeyHash.mix(name ^ (version.stamp() * SALT));
      digests[2 * bucket] += sign * low;
      digests[2 * bucket + 1] += sign * KeyHash.mix(low + Long.rotateLeft(name, 32) * SALT);
    }
  }

  private void grow() {
    @Nullable Entry<K, R>[] old = heads;
    bits += 2;
    heads = table(bits);
    digests = new long[2 << bits];
    for (Entry<K, R> head : old) {
      for (Entry<K, R> entry = head; entry != null; ) {
        Entry<K, R> next = entry.next;
        int bucket = bucket(entry.hash());
        link(entry, bucket);
        count(entry, bucket, 1);
        entry = next;
      }
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <K, R> @Nullable Entry<K, R>[] table(int bits) {
    return new Entry[1 << bits];
  }
}
