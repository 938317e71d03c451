package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.replication.Outcome;

/**
 * Is told how writes end: on the loop, or on the thread of a caller whose write never came there.
 */
@FunctionalInterface
public interface WriteWatcher {
  /**
   * A write ended. Must not throw.
   *
   * @param nanos how long after it was asked for
   */
  void ended(String table, LocalWrite.Kind kind, Outcome outcome, long nanos);
}
