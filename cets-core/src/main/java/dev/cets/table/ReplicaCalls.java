package dev.cets.table;

import dev.cets.replication.DumpCall;
import dev.cets.replication.LocalWrite;

/** The protocol's side of one table; called on the loop. */
public interface ReplicaCalls<K, R> {
  /** Takes a write. */
  void write(LocalWrite<K, R> write);

  /** Asks a peer for what its readers see. */
  void dump(String peer, long deadlineNanos, DumpCall<K, R> call);

  /** Closes the table on this node. */
  void close();
}
