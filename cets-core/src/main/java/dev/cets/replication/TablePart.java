package dev.cets.replication;

import dev.cets.spi.Codec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a table that a chunk is about: the keys in some ranges of hashes. Anybody may make
 * any number of keys of one hash, so a part may begin and end between two of them, too: keys of one
 * hash are in the order of their bytes, unsigned, which is the same on every node and at any time.
 *
 * @param ranges they ascend
 * @param after of the keys with the very first hash only those behind this encoded one; null: all
 * @param upTo of the keys with the very last hash only those up to this encoded one, which is one
 *     of them; null: all
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record TablePart(List<HashRange> ranges, byte @Nullable [] after, byte @Nullable [] upTo) {
  /** All keys in these ranges. */
  static TablePart of(List<HashRange> ranges) {
    return new TablePart(ranges, null, null);
  }

  /** Is a key, whose hash is in one of the ranges, in this part? */
  <K> boolean holds(K key, long hash, Codec<K> keys) {
    byte[] behind = after != null && hash == ranges.getFirst().from() ? after : null;
    byte[] last = upTo != null && hash == ranges.getLast().to() ? upTo : null;
    if (behind == null && last == null) {
      return true;
    }
    byte[] encoded = keys.encode(key);
    return (behind == null || Arrays.compareUnsigned(encoded, behind) > 0)
        && (last == null || Arrays.compareUnsigned(encoded, last) <= 0);
  }
}
