package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.LocalBag;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A table with several different records per key. The same record twice is one record.
 *
 * <p>Records are the same if their encoded bytes are. A delete removes what this node holds of its
 * key; a record that another node writes meanwhile stays.
 *
 * <p>A record that two nodes have written is one record, and belongs to both: when one of them goes
 * down, it stays for the other's sake.
 */
public final class BagTable<K, R> extends Table<K, R> {
  private final LocalBag<K, R> bag;

  BagTable(NodeRuntime runtime, LocalBag<K, R> bag, Writes writes) {
    super(runtime, bag, writes);
    this.bag = bag;
  }

  @Override
  public BagTable<K, R> withDeadline(Duration deadline) {
    return new BagTable<>(runtime, bag, writes.withDeadline(deadline));
  }

  /**
   * As {@link #insertNew}; empty if it was written, else all records of its key that stand, in no
   * order: as this node shows them, or as the leader does where none has come here yet. Blocks.
   */
  public List<R> insertNewOrLookup(R record) {
    return Writes.standing(writes.end(bag.insertNew(record, writes.blockingDeadline(), false)));
  }

  /** As {@link #insertNewOrLookup}; not in order with plain writes of the same thread. */
  public CompletableFuture<List<R>> insertNewOrLookupAsync(R record) {
    return bag.insertNew(record, writes.deadline(), true).thenApply(Writes::standing);
  }

  /** The records of this key, in no order; none: empty. Cannot be changed. */
  public List<R> lookup(K key) {
    return bag.lookup(key);
  }

  /** Is there exactly this record? */
  public boolean containsObject(R record) {
    return bag.containsObject(record);
  }
}
