package dev.cets.codec;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a set, or the keys of a map, in the order of their bytes: hash tables have none
 * of their own, and equal ones must have equal bytes.
 *
 * <p>A hash table whose keys all have one hash takes time by the square of their number, which a
 * peer could make use of. The table helps itself for keys that can be compared; others are refused,
 * on both sides, if too many of them have the same hash.
 *
 * @param guarded can keys have parts, so that the table may not be able to compare them?
 */
record HashKeys(Format key, boolean guarded) {
  private static final int MAX_WITH_SAME_HASH = 256;

  /** Refuses what the other side would refuse. */
  void check(Collection<?> keys) {
    if (guarded && keys.size() > MAX_WITH_SAME_HASH) {
      refuseSameHash(keys.toArray());
    }
  }

  /** Writes one key, never null, and remembers where. */
  void write(Output out, EntrySorter entries, @Nullable Object value) {
    if (value == null) {
      throw new Fault("null, in a set or as a key of a map");
    }
    int start = out.size();
    int length = out.writeSlot(key, value);
    entries.add(start, out.size() - length, out.size());
  }

  /** Reads keys up to the end, and what is between them by the other reader. */
  Object[] read(Input in, int end, int count, AfterKey afterKey) {
    Object[] keys = new Object[count];
    int previousStart = 0;
    int previousEnd = 0;
    for (int i = 0; i < count; i++) {
      int keyEnd = in.slotEnd(end);
      if (keyEnd == Input.NULL) {
        throw new Fault("null, in a set or as a key of a map");
      }
      int keyStart = in.position();
      if (i > 0 && in.compare(previousStart, previousEnd, keyStart, keyEnd) >= 0) {
        throw new Fault("keys are out of order");
      }
      previousStart = keyStart;
      previousEnd = keyEnd;
      keys[i] = in.readTo(key, keyEnd);
      afterKey.read(i);
    }
    if (guarded && count > MAX_WITH_SAME_HASH) {
      refuseSameHash(keys);
    }
    return keys;
  }

  /** Reads what follows the key of that number. */
  interface AfterKey {
    void read(int index);
  }

  private static void refuseSameHash(Object[] keys) {
    int[] hashes = new int[keys.length];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = keys[i].hashCode();
    }
    Arrays.sort(hashes);
    for (int i = MAX_WITH_SAME_HASH; i < hashes.length; i++) {
      if (hashes[i] == hashes[i - MAX_WITH_SAME_HASH]) {
        throw new Fault(
            "more than " + MAX_WITH_SAME_HASH + " keys have the same hashCode(): " + hashes[i]);
      }
    }
  }
}
