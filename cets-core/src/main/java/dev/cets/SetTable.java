package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with one record per key, the same on every node that has it open.
 *
 * <p>Reads look at this node's memory and never wait. A write returns when every joined node has
 * applied it, so that a read on any of them sees it from then on. Every write takes a deadline,
 * counted from the call (see {@link #withDeadline}), and ends in one of three ways:
 *
 * <ul>
 *   <li>a {@link Receipt}: complete;
 *   <li>{@link NotAppliedException}: nothing happened anywhere;
 *   <li>{@link UnknownOutcomeException}: applied here, and not yet known to be applied everywhere.
 * </ul>
 *
 * <p>The async twin of a write returns at once, unless too many bytes are on their way: then it
 * waits for room, until the deadline. Its future ends with the same receipts and exceptions, and
 * its callbacks run on the node's callback executor. Writes of one thread take effect in their
 * order, on every node.
 *
 * <p>Plain writes of the same key on two nodes at once do not wait for each other: all nodes end
 * with the same record, the one with the later stamp.
 *
 * <p>Records and keys belong to the table once written: they must not be changed. Safe for use by
 * many threads.
 */
public final class SetTable<K, R> {
  private final NodeRuntime runtime;
  private final LocalTable<K, R> table;
  private final Writes writes;

  SetTable(NodeRuntime runtime, LocalTable<K, R> table, Writes writes) {
    this.runtime = runtime;
    this.table = table;
    this.writes = writes;
  }

  /** The name under which it was opened. */
  public String name() {
    return table.name();
  }

  /** The same table, with another deadline for the writes made through this object. */
  public SetTable<K, R> withDeadline(Duration deadline) {
    return new SetTable<>(runtime, table, writes.withDeadline(deadline));
  }

  /** Writes the record, over whatever stands under its key. Blocks. */
  public Receipt insert(R record) {
    return insertMany(List.of(record));
  }

  /** As {@link #insert}. */
  public CompletableFuture<Receipt> insertAsync(R record) {
    return insertManyAsync(List.of(record));
  }

  /**
   * Writes all records as one write: a node has taken in all of them or none. If two have the same
   * key, the later one stands. Blocks.
   */
  public Receipt insertMany(Collection<? extends R> records) {
    return writes.await(table.insert(records, writes.blockingDeadline(), false));
  }

  /** As {@link #insertMany}. */
  public CompletableFuture<Receipt> insertManyAsync(Collection<? extends R> records) {
    return writes.receipt(table.insert(records, writes.deadline(), true));
  }

  /**
   * Writes the record if no record of its key is visible. Of callers on nodes that stay joined, at
   * most one is told true for a key, whatever becomes of other nodes meanwhile; across a split
   * there may be two, and after it the later record stands. The leader of the table lets one caller
   * after the other at a key, so this takes one round trip, or two where another node leads. Plain
   * writes do not wait for it: let one kind of write do for a key. Blocks.
   *
   * @return whether it was written and stands; if not, nothing was overwritten
   * @throws NotAppliedException also if the leader did not let it at the key by the deadline
   */
  public boolean insertNew(R record) {
    return Writes.made(writes.end(table.insertNew(record, writes.blockingDeadline(), false)));
  }

  /** As {@link #insertNew}; not in order with plain writes of the same thread. */
  public CompletableFuture<Boolean> insertNewAsync(R record) {
    return table.insertNew(record, writes.deadline(), true).thenApply(Writes::made);
  }

  /** As {@link #insertNew}; empty if it was written, else the record that stands. Blocks. */
  public Optional<R> insertNewOrLookup(R record) {
    return Writes.<R>standing(writes.end(table.insertNew(record, writes.blockingDeadline(), false)))
        .stream()
        .findFirst();
  }

  /** As {@link #insertNewOrLookup}; not in order with plain writes of the same thread. */
  public CompletableFuture<Optional<R>> insertNewOrLookupAsync(R record) {
    return table
        .insertNew(record, writes.deadline(), true)
        .thenApply(outcome -> Writes.<R>standing(outcome).stream().findFirst());
  }

  /**
   * Writes the record, over whatever stands under its key, when the leader of the table lets it at
   * the key: of callers on joined nodes one after the other, and the last one stands. Blocks.
   *
   * @throws NotAppliedException also if the leader did not let it at the key by the deadline
   */
  public Receipt insertSerial(R record) {
    return writes.await(table.insertSerial(record, writes.blockingDeadline(), false));
  }

  /** As {@link #insertSerial}; not in order with plain writes of the same thread. */
  public CompletableFuture<Receipt> insertSerialAsync(R record) {
    return writes.receipt(table.insertSerial(record, writes.deadline(), true));
  }

  /** The name of the node that serialises writes of this table, as this node sees it. */
  public String leader() {
    return status().leader();
  }

  /** Removes the record of this key, if there is one. Blocks. */
  public Receipt delete(K key) {
    return deleteMany(List.of(key));
  }

  /** As {@link #delete}. */
  public CompletableFuture<Receipt> deleteAsync(K key) {
    return deleteManyAsync(List.of(key));
  }

  /** Removes the records of these keys as one write. Keys without a record are ignored. Blocks. */
  public Receipt deleteMany(Collection<? extends K> keys) {
    return writes.await(table.delete(keys, writes.blockingDeadline(), false));
  }

  /** As {@link #deleteMany}. */
  public CompletableFuture<Receipt> deleteManyAsync(Collection<? extends K> keys) {
    return writes.receipt(table.delete(keys, writes.deadline(), true));
  }

  /**
   * Removes exactly this record: if another one stands under its key, nothing happens. Records are
   * compared by {@code equals}, or by their encoded bytes where that says no, so that byte arrays
   * count by content. Blocks.
   */
  public Receipt deleteObject(R record) {
    return writes.await(table.deleteObjects(List.of(record), writes.blockingDeadline(), false));
  }

  /** As {@link #deleteObject}. */
  public CompletableFuture<Receipt> deleteObjectAsync(R record) {
    return writes.receipt(table.deleteObjects(List.of(record), writes.deadline(), true));
  }

  /** The record of this key, or null. */
  public @Nullable R lookup(K key) {
    return table.lookup(key);
  }

  /** Is there a record of this key? */
  public boolean contains(K key) {
    return table.lookup(key) != null;
  }

  /** How many records there are. */
  public int size() {
    return table.size();
  }

  /**
   * The records, in no order. Weakly consistent: it never fails, shows every record that stands
   * from its beginning to its end, and may or may not show what is written meanwhile.
   */
  public Stream<R> stream() {
    return table.stream();
  }

  /** All records, in no order, as {@link #stream} shows them. */
  public List<R> dump() {
    return stream().toList();
  }

  /**
   * Tells the listener of every change of this node's table from now on, whatever its cause. Does
   * not wait.
   */
  public Subscription listen(ChangeListener<K, R> listener) {
    return listen(listener, ListenerOptions.DEFAULTS);
  }

  /** As {@link #listen(ChangeListener)}. */
  public Subscription listen(ChangeListener<K, R> listener, ListenerOptions options) {
    return Listening.listen(runtime, table, listener, options);
  }

  /**
   * Tells the listener all records, and then every change from that moment on. Does not wait for
   * the snapshot, which holds all that was written before this call.
   */
  public Subscription subscribe(SnapshotListener<K, R> listener) {
    return subscribe(listener, ListenerOptions.DEFAULTS);
  }

  /** As {@link #subscribe(SnapshotListener)}. */
  public Subscription subscribe(SnapshotListener<K, R> listener, ListenerOptions options) {
    return Listening.subscribe(runtime, table, listener, options);
  }

  /** What this node knows of the table. */
  public TableStatus status() {
    return Views.status(runtime, table);
  }

  /**
   * Closes the table on this node. Its waiting writes end with an error, reads fail from then on,
   * and other nodes keep their records, as when this node leaves the table.
   */
  public void close() {
    table.close();
  }
}
