package dev.cets.replication;

import java.util.Map;
import java.util.Set;

/**
 * What a node knows of a table at one moment: a version that it knows and does not hold is removed.
 *
 * @param seen what was taken in, per origin
 * @param early the removals that came before the versions that they remove
 */
record Context<K>(Map<Incarnation, Intervals> seen, Set<KeyVersion<K>> early) {
  /** Has this node taken in nothing at all, as one that has just begun? */
  boolean isEmpty() {
    return seen.isEmpty() && early.isEmpty();
  }

  boolean knows(K key, Incarnation origin, long stamp) {
    Intervals pieces = seen.get(origin);
    return (pieces != null && pieces.has(stamp))
        || (!early.isEmpty() && early.contains(new KeyVersion<>(key, 0, origin, stamp)));
  }
}
