package dev.cets.table;

import dev.cets.replication.Outcome;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * What a caller may ask of a table of any type. Reads fail when the table is closed; writes end as
 * not applied then.
 */
public interface TableCalls<K, R> {
  /** The table as its node knows it. */
  LocalTable<?, ?> table();

  /** Is there a record of this key? */
  boolean contains(K key);

  /** How many records there are. */
  int size();

  /** The records, weakly consistent. */
  Stream<R> stream();

  /** The records that readers of another node see. */
  CompletableFuture<Dumped<R>> dump(String node, long deadlineNanos, boolean async);

  /** Who is told of changes. */
  ChangeFeed<K, R> changes();

  /** Writes records as one write. */
  CompletableFuture<Outcome> insert(
      Collection<? extends R> records, long deadlineNanos, boolean async);

  /** Writes the record if there is none of its key; the leader serialises. */
  CompletableFuture<Outcome> insertNew(R record, long deadlineNanos, boolean async);

  /** Writes the record; the leader serialises. */
  CompletableFuture<Outcome> insertSerial(R record, long deadlineNanos, boolean async);

  /** Removes what stands under these keys, as one write. */
  CompletableFuture<Outcome> delete(
      Collection<? extends K> keys, long deadlineNanos, boolean async);

  /** Removes exactly these records, as one write. */
  CompletableFuture<Outcome> deleteObjects(
      Collection<? extends R> records, long deadlineNanos, boolean async);
}
