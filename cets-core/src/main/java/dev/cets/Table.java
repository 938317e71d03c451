package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.TableCalls;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A table, the same on every node that has it open; what tables of all types have in common.
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
 * <p>Streams are weakly consistent: they never fail, show every record that stands from their
 * beginning to their end, and may or may not show what is written meanwhile.
 *
 * <p>Records and keys belong to the table once written: they must not be changed. Safe for use by
 * many threads.
 */
public abstract sealed class Table<K, R> permits SetTable, BagTable {
  final NodeRuntime runtime;
  final Writes writes;
  private final TableCalls<K, R> calls;

  Table(NodeRuntime runtime, TableCalls<K, R> calls, Writes writes) {
    this.runtime = runtime;
    this.calls = calls;
    this.writes = writes;
  }

  /** The name under which it was opened. */
  public final String name() {
    return calls.table().name();
  }

  /** The same table, with another deadline for the writes made through this object. */
  public abstract Table<K, R> withDeadline(Duration deadline);

  /** Writes the record. Blocks. */
  public final Receipt insert(R record) {
    return insertMany(List.of(record));
  }

  /** As {@link #insert}. */
  public final CompletableFuture<Receipt> insertAsync(R record) {
    return insertManyAsync(List.of(record));
  }

  /**
   * Writes all records as one write: a node has taken in all of them or none. If two cannot stand
   * both, the later one stands. Blocks.
   *
   * @throws NotAppliedException among others if two keys (of a bag: two records) have the same
   *     64-bit hash, which does not happen unless somebody made them so: write them one by one
   */
  public final Receipt insertMany(Collection<? extends R> records) {
    return writes.await(calls.insert(records, writes.blockingDeadline(), false));
  }

  /** As {@link #insertMany}. */
  public final CompletableFuture<Receipt> insertManyAsync(Collection<? extends R> records) {
    return writes.receipt(calls.insert(records, writes.deadline(), true));
  }

  /**
   * Writes the record if no record of its key is visible. Of callers on nodes that stay joined, at
   * most one is told true for a key, whatever becomes of other nodes meanwhile; across a split
   * there may be two, and after it both records stand in a bag, and the later one in other tables.
   * The leader of the table lets one caller after the other at a key, so this takes one round trip,
   * or two where another node leads. Plain writes do not wait for it: let {@code insertNew} and
   * {@code insertSerial} do for such a key. Blocks.
   *
   * @return whether it was written and stands; if not, nothing was overwritten
   * @throws NotAppliedException also if the leader did not let it at the key by the deadline
   */
  public final boolean insertNew(R record) {
    return Writes.made(writes.end(calls.insertNew(record, writes.blockingDeadline(), false)));
  }

  /** As {@link #insertNew}; not in order with plain writes of the same thread. */
  public final CompletableFuture<Boolean> insertNewAsync(R record) {
    return calls.insertNew(record, writes.deadline(), true).thenApply(Writes::made);
  }

  /**
   * Writes the record as {@link #insert} does, when the leader of the table lets it at the key: of
   * callers on joined nodes one after the other. Where a key has one record, the last one stands;
   * in a bag one more stands, and no {@code insertNew} is let at the key meanwhile. Blocks.
   *
   * @throws NotAppliedException also if the leader did not let it at the key by the deadline
   */
  public final Receipt insertSerial(R record) {
    return writes.await(calls.insertSerial(record, writes.blockingDeadline(), false));
  }

  /** As {@link #insertSerial}; not in order with plain writes of the same thread. */
  public final CompletableFuture<Receipt> insertSerialAsync(R record) {
    return writes.receipt(calls.insertSerial(record, writes.deadline(), true));
  }

  /** Removes what stands under this key, if anything does. Blocks. */
  public final Receipt delete(K key) {
    return deleteMany(List.of(key));
  }

  /** As {@link #delete}. */
  public final CompletableFuture<Receipt> deleteAsync(K key) {
    return deleteManyAsync(List.of(key));
  }

  /** Removes what stands under these keys as one write. Absent keys are ignored. Blocks. */
  public final Receipt deleteMany(Collection<? extends K> keys) {
    return writes.await(calls.delete(keys, writes.blockingDeadline(), false));
  }

  /** As {@link #deleteMany}. */
  public final CompletableFuture<Receipt> deleteManyAsync(Collection<? extends K> keys) {
    return writes.receipt(calls.delete(keys, writes.deadline(), true));
  }

  /**
   * Removes exactly this record: if it does not stand, nothing happens. Records are compared by
   * {@code equals}, or by their encoded bytes where that says no, so that byte arrays count by
   * content. Blocks.
   */
  public final Receipt deleteObject(R record) {
    return deleteObjects(List.of(record));
  }

  /** As {@link #deleteObject}. */
  public final CompletableFuture<Receipt> deleteObjectAsync(R record) {
    return deleteObjectsAsync(List.of(record));
  }

  /** Removes exactly these records as one write. Those that do not stand are ignored. Blocks. */
  public final Receipt deleteObjects(Collection<? extends R> records) {
    return writes.await(calls.deleteObjects(records, writes.blockingDeadline(), false));
  }

  /** As {@link #deleteObjects}. */
  public final CompletableFuture<Receipt> deleteObjectsAsync(Collection<? extends R> records) {
    return writes.receipt(calls.deleteObjects(records, writes.deadline(), true));
  }

  /** The name of the node that serialises writes of this table, as this node sees it. */
  public final String leader() {
    return status().leader();
  }

  /** Is there a record of this key? */
  public final boolean contains(K key) {
    return calls.contains(key);
  }

  /** How many records there are. */
  public final int size() {
    return calls.size();
  }

  /** The records, in no order unless the type has one. Weakly consistent. */
  public final Stream<R> stream() {
    return calls.stream();
  }

  /** The records of which this is true, as {@link #stream} shows them. Looks at all of them. */
  public final List<R> select(Predicate<? super R> wanted) {
    return stream().filter(wanted).toList();
  }

  /** All records, as {@link #stream} shows them. */
  public final List<R> dump() {
    return stream().toList();
  }

  /**
   * All records that readers of the named node see, weakly consistent as {@link #stream} is there.
   * They come in parts of bounded size, and no write waits for them; in memory is what has come.
   * Nothing is told of a dump that is not whole. With this node's own name it is {@link #dump()}.
   * Blocks.
   *
   * @throws CetsException at once if the table is not linked with that node, or that node answers
   *     eight dumps of the table already; if the link ends; at the deadline. Ask again, or another
   *     node.
   */
  public final List<R> dump(String node, Duration deadline) {
    return new RemoteDump<>(runtime, calls, node, deadline).await();
  }

  /** As {@link #dump(String, Duration)}. */
  public final CompletableFuture<List<R>> dumpAsync(String node, Duration deadline) {
    return new RemoteDump<>(runtime, calls, node, deadline).async();
  }

  /**
   * Compares the table with those of all other nodes while writes go on, by digests, and fetches
   * what differs; joined nodes do so by themselves every {@code compareInterval}. Blocks, for the
   * deadline at most: what is not known by then is {@link TableComparison.State#BUSY}. Alone, it
   * finds nothing.
   *
   * @throws CetsException if the table or its node is closed
   */
  public final TableComparison compare(Duration deadline) {
    return new ComparisonCall(runtime, calls.table(), deadline).await();
  }

  /** As {@link #compare}. */
  public final CompletableFuture<TableComparison> compareAsync(Duration deadline) {
    return new ComparisonCall(runtime, calls.table(), deadline).async();
  }

  /**
   * Tells the listener of every change of this node's table from now on, whatever its cause.
   * Records of a bag are inserted and deleted, never updated. Does not wait.
   */
  public final Subscription listen(ChangeListener<K, R> listener) {
    return listen(listener, ListenerOptions.DEFAULTS);
  }

  /** As {@link #listen(ChangeListener)}. */
  public final Subscription listen(ChangeListener<K, R> listener, ListenerOptions options) {
    return Listening.listen(runtime, calls, listener, options);
  }

  /**
   * Tells the listener all records, and then every change from that moment on. Does not wait for
   * the snapshot, which holds all that was written before this call.
   */
  public final Subscription subscribe(SnapshotListener<K, R> listener) {
    return subscribe(listener, ListenerOptions.DEFAULTS);
  }

  /** As {@link #subscribe(SnapshotListener)}. */
  public final Subscription subscribe(SnapshotListener<K, R> listener, ListenerOptions options) {
    return Listening.subscribe(runtime, calls, listener, options);
  }

  /**
   * Waits until every joined node has applied all that this node wrote to the table before. Alone,
   * it returns at once. What a pause holds back, and what still waits for the leader, does not
   * count. Blocks.
   *
   * @throws UnknownOutcomeException at the deadline, with the nodes that have not answered
   */
  public final Receipt pingAll(Duration deadline) {
    return operations().pingAll(deadline);
  }

  /**
   * Waits until this node has applied all that the node here wrote to the table before, whatever
   * other nodes do. Blocks.
   *
   * @throws NotAppliedException at once, if the table is not linked with that node
   * @throws UnknownOutcomeException with that node, at the deadline or if the link ends
   */
  public final Receipt ping(String node, Duration deadline) {
    return operations().ping(node, deadline);
  }

  /**
   * Holds back the writes of this node's callers to the table until the pause is closed, for so
   * long at most; that it ended by its time is logged. When it returns, no write is begun any more.
   * Writes that wait fail with {@link NotAppliedException} at their deadlines, or if too many wait.
   * Several pauses may hold a table: the last one that ends lets go.
   *
   * @throws CetsException if callers of this node hold 100 pauses of the table already
   */
  public final Pause pause(Duration longest) {
    return operations().pause(longest);
  }

  /**
   * As {@link #pause(Duration)}, on this node and on every other one that the table is linked with.
   * When it returns, no caller on any of them begins a write, and what they wrote before is here.
   *
   * <p>A node that joins meanwhile is told when its link opens, and holds back its callers' writes
   * from then on; what it wrote before comes with the join. A node lets go when it holds this one
   * to be down, or this one closes the table, and logs that; if they meet again before the pause is
   * over, it is paused again. Blocks, for the deadline of this object at most.
   *
   * @throws NotAppliedException if callers of this node hold 100 pauses of the table already
   * @throws UnknownOutcomeException with the nodes that have not answered by the deadline; the
   *     pause is ended then, and a node that cannot be told ends it when its time is over
   */
  public final Pause pauseAll(Duration longest) {
    return operations().pauseAll(longest);
  }

  /**
   * As {@link #pauseAll}, on the named node alone.
   *
   * @throws NotAppliedException also at once, if the table is not linked with that node
   */
  public final Pause pause(String node, Duration longest) {
    return operations().pause(node, longest);
  }

  /** All that this node knows of the table. */
  public final TableInfo info() {
    return operations().info();
  }

  private Operations operations() {
    return new Operations(runtime, calls.table(), writes);
  }

  /** What this node knows of the table. */
  public final TableStatus status() {
    return Views.status(runtime, calls.table());
  }

  /**
   * Closes the table on this node. Its waiting writes end with an error, reads fail from then on,
   * and other nodes keep their records, as when this node leaves the table.
   */
  public final void close() {
    calls.table().close();
  }
}
