package dev.cets.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One atomic change of a table, as its origin tells it.
 *
 * @param previous the stamp of the origin's write before this one, or 0
 * @param stamp its own
 */
record Write<K, R>(long previous, long stamp, List<Change<K, R>> changes) {
  /**
   * What becomes of one key.
   *
   * @param record the new one; null: none
   * @param replaces all live versions that the writer held
   */
  record Change<K, R>(K key, long hash, @Nullable R record, List<VersionId> replaces) {}
}
