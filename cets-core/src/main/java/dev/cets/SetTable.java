package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A table with one record per key; an insert writes over what stands under its key.
 *
 * <p>Plain writes of the same key on two nodes at once do not wait for each other: all nodes end
 * with the same record, the one with the later stamp.
 */
public sealed class SetTable<K, R> extends Table<K, R> permits OrderedSetTable {
  final LocalTable<K, R> table;

  SetTable(NodeRuntime runtime, LocalTable<K, R> table, Writes writes) {
    super(runtime, table, writes);
    this.table = table;
  }

  @Override
  public SetTable<K, R> withDeadline(Duration deadline) {
    return new SetTable<>(runtime, table, writes.withDeadline(deadline));
  }

  /** As {@link #insertNew}; empty if it was written, else the record that stands. Blocks. */
  public final Optional<R> insertNewOrLookup(R record) {
    return Writes.<R>standing(writes.end(table.insertNew(record, writes.blockingDeadline(), false)))
        .stream()
        .findFirst();
  }

  /** As {@link #insertNewOrLookup}; not in order with plain writes of the same thread. */
  public final CompletableFuture<Optional<R>> insertNewOrLookupAsync(R record) {
    return table
        .insertNew(record, writes.deadline(), true)
        .thenApply(outcome -> Writes.<R>standing(outcome).stream().findFirst());
  }

  /**
   * Writes the record if the expected one, of the same key, is visible, compared as for {@link
   * #deleteObject}. The leader of the table lets one caller after the other at a key. Blocks.
   *
   * @return whether it was written and stands; if not, nothing was overwritten
   * @throws IllegalArgumentException if the two records have different keys
   * @throws NotAppliedException also if the leader did not let it at the key by the deadline
   */
  public final boolean replace(R expected, R record) {
    return Writes.made(
        writes.end(table.replace(expected, record, writes.blockingDeadline(), false)));
  }

  /** As {@link #replace}; not in order with plain writes of the same thread. */
  public final CompletableFuture<Boolean> replaceAsync(R expected, R record) {
    return table.replace(expected, record, writes.deadline(), true).thenApply(Writes::made);
  }

  /**
   * The table as a map. Reads are live and never wait. Writes go through the table, with the
   * deadline of this object and its exceptions: {@code put}, {@code putAll} (one write) and {@code
   * remove} are plain ones, and answer what was visible here before; {@code putIfAbsent}, {@code
   * replace}, {@code compute} and what else looks before it writes are serialised by the leader;
   * {@code remove(key, record)} is {@link #deleteObject}; {@code clear} removes what it meets, in
   * several writes. A record under another key than its own is refused.
   */
  public ConcurrentMap<K, R> asMap() {
    return new TableMap<>(this, table.keyOf());
  }

  final void checkOpen() {
    table.checkOpen();
  }

  /** The record of this key, or null. */
  public final @Nullable R lookup(K key) {
    return table.lookup(key);
  }
}
