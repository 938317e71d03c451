package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.replication.LocalWrite.Item;
import dev.cets.replication.Outcome;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableDefinition;
import dev.cets.wire.KeyHash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of a table: reads go to the store; writes are checked and encoded on the
 * caller's thread, and handed to the loop.
 */
public final class LocalTable<K, R> implements TableCalls<K, R> {
  private static final int OVERHEAD_BYTES = 64;

  private final TableDefinition<K, R> definition;
  private final Function<? super R, ? extends K> keyOf;
  private final SetStore<K, R> store;
  private final Settings settings;
  private final WriteQueue queue;
  private final WriteWatch watch;
  private final ByteGate gate;
  private final ChangeFeed<K, R> changes;
  private final ReplicaCalls<K, R> replica;
  private volatile boolean closed;

  /**
   * A table over a store that the protocol fills.
   *
   * @param watch who is told how writes end
   * @param replica the protocol's side
   */
  public LocalTable(
      TableDefinition<K, R> definition,
      Function<? super R, ? extends K> keyOf,
      SetStore<K, R> store,
      Settings settings,
      Rules rules,
      WriteQueue queue,
      WriteWatch watch,
      ReplicaCalls<K, R> replica) {
    this.definition = definition;
    this.keyOf = keyOf;
    this.store = store;
    this.settings = settings;
    this.queue = queue;
    this.watch = watch;
    this.gate = new ByteGate(queue.loop(), settings.maxUnacknowledgedBytes());
    this.changes = new ChangeFeed<>(queue, rules, store::stream);
    store.tells(changes);
    this.replica = replica;
  }

  /** What it is. */
  public TableDefinition<K, R> definition() {
    return definition;
  }

  /** The key of a record. */
  public Function<? super R, ? extends K> keyOf() {
    return keyOf;
  }

  /** Its name. */
  public String name() {
    return definition.name();
  }

  @Override
  public LocalTable<K, R> table() {
    return this;
  }

  // ---- reads

  /** The record of a key, or null. */
  public @Nullable R lookup(K key) {
    checkOpen();
    return store.lookup(key);
  }

  @Override
  public boolean contains(K key) {
    return lookup(key) != null;
  }

  @Override
  public int size() {
    checkOpen();
    return store.size();
  }

  /** How many are hidden. */
  public int hidden() {
    return store.hidden();
  }

  @Override
  public Stream<R> stream() {
    checkOpen();
    return store.stream();
  }

  @Override
  public ChangeFeed<K, R> changes() {
    checkOpen();
    return changes;
  }

  /** How many gaps those who are told of changes had so far. */
  public long listenerGaps() {
    return changes.gaps();
  }

  /** How many are told of changes. */
  public int listeners() {
    return changes.subscribers();
  }

  /** Throws if the table is closed. */
  public void checkOpen() {
    if (closed) {
      throw new IllegalStateException(closedReason());
    }
  }

  private String closedReason() {
    return "table " + name() + " is closed";
  }

  // ---- what another node's readers see

  @Override
  public CompletableFuture<Dumped<R>> dump(String node, long deadlineNanos, boolean async) {
    return dump(node, deadlineNanos, async, (key, record) -> record);
  }

  /** As the other, of what its keys and records are to readers. */
  <T> CompletableFuture<Dumped<T>> dump(
      String node,
      long deadlineNanos,
      boolean async,
      BiFunction<? super K, ? super R, ? extends T> view) {
    checkOpen();
    DumpTask<K, R, T> task = new DumpTask<>(replica, node, deadlineNanos, view, queue, async);
    queue.submit(task);
    return task.outcome();
  }

  // ---- writes

  /** The later of two with the same key counts. */
  @Override
  public CompletableFuture<Outcome> insert(
      Collection<? extends R> records, long deadlineNanos, boolean async) {
    return write(LocalWrite.Kind.INSERT, ofRecords(records), deadlineNanos, async);
  }

  @Override
  public CompletableFuture<Outcome> delete(
      Collection<? extends K> keys, long deadlineNanos, boolean async) {
    Map<K, Item<K, R>> items = LinkedHashMap.newLinkedHashMap(keys.size());
    for (K key : keys) {
      items.put(key, item(key, null, null));
    }
    return write(LocalWrite.Kind.DELETE, new ArrayList<>(items.values()), deadlineNanos, async);
  }

  /** Several of one key are looked at one by one. */
  @Override
  public CompletableFuture<Outcome> deleteObjects(
      Collection<? extends R> records, long deadlineNanos, boolean async) {
    Map<List<Object>, Item<K, R>> items = LinkedHashMap.newLinkedHashMap(records.size());
    for (R record : records) {
      Item<K, R> item = ofRecord(record);
      items.put(List.of(item.key(), ByteBuffer.wrap(bytesOf(item))), item);
    }
    return write(
        LocalWrite.Kind.DELETE_OBJECT, new ArrayList<>(items.values()), deadlineNanos, async);
  }

  private static byte[] bytesOf(Item<?, ?> item) {
    byte[] bytes = item.recordBytes();
    return bytes == null ? new byte[0] : bytes;
  }

  @Override
  public CompletableFuture<Outcome> insertNew(R record, long deadlineNanos, boolean async) {
    return write(LocalWrite.Kind.INSERT_NEW, List.of(ofRecord(record)), deadlineNanos, async);
  }

  @Override
  public CompletableFuture<Outcome> insertSerial(R record, long deadlineNanos, boolean async) {
    return write(LocalWrite.Kind.INSERT_SERIAL, List.of(ofRecord(record)), deadlineNanos, async);
  }

  /** Writes the record if the expected one, of the same key, stands; the leader serialises. */
  public CompletableFuture<Outcome> replace(
      R expected, R record, long deadlineNanos, boolean async) {
    Item<K, R> old = ofRecord(expected);
    Item<K, R> item = ofRecord(record);
    if (!old.key().equals(item.key())) {
      throw new IllegalArgumentException(
          "a record of key " + old.key() + " cannot be replaced by one of key " + item.key());
    }
    return write(LocalWrite.Kind.REPLACE, List.of(item), old, deadlineNanos, async, replica::write);
  }

  private List<Item<K, R>> ofRecords(Collection<? extends R> records) {
    if (records.size() == 1) {
      return List.of(ofRecord(records.iterator().next()));
    }
    Map<K, Item<K, R>> items = LinkedHashMap.newLinkedHashMap(records.size());
    for (R record : records) {
      Item<K, R> item = ofRecord(record);
      items.put(item.key(), item);
    }
    return new ArrayList<>(items.values());
  }

  private Item<K, R> ofRecord(R record) {
    K key = keyOf.apply(record);
    if (key == null) {
      throw new IllegalArgumentException(
          "a record without a key in table " + name() + ": " + record);
    }
    return item(key, record, definition.recordCodec().encode(record));
  }

  private Item<K, R> item(K key, @Nullable R record, byte @Nullable [] recordBytes) {
    byte[] keyBytes = definition.keyCodec().encode(key);
    try {
      store.check(key);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "key " + key + " of table " + name() + " has no place in its order: " + e, e);
    }
    return new Item<>(key, KeyHash.of(keyBytes), keyBytes, record, recordBytes);
  }

  private CompletableFuture<Outcome> write(
      LocalWrite.Kind kind, List<Item<K, R>> items, long deadlineNanos, boolean async) {
    return write(kind, items, null, deadlineNanos, async, replica::write);
  }

  /**
   * A write of items that were made elsewhere.
   *
   * @param begin what is done with it on the loop
   */
  CompletableFuture<Outcome> write(
      LocalWrite.Kind kind,
      List<Item<K, R>> items,
      @Nullable Item<K, R> expected,
      long deadlineNanos,
      boolean async,
      Consumer<LocalWrite<K, R>> begin) {
    WatchedWrite watched = watch.begin(name(), kind);
    String refused = closed ? closedReason() : refused(kind, items);
    if (refused != null) {
      return notApplied(refused, watched);
    }
    int cost = gate.cost((int) bytes(items));
    try {
      if (!gate.enter(cost, deadlineNanos)) {
        return notApplied(
            closed
                ? closedReason()
                : settings.maxUnacknowledgedBytes()
                    + " bytes of writes of table "
                    + name()
                    + " wait for acknowledgement; there was no room by the deadline",
            watched);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return notApplied("interrupted before the write was begun", watched);
    }
    WriteTask<K, R> task =
        new WriteTask<>(
            kind, items, expected, deadlineNanos, begin, queue, gate, cost, async, watched);
    queue.submit(task);
    return task.outcome();
  }

  /** Applies a write, on the loop. */
  void apply(LocalWrite<K, R> write) {
    replica.write(write);
  }

  private @Nullable String refused(LocalWrite.Kind kind, List<Item<K, R>> items) {
    String tooLarge = tooLarge(items);
    return tooLarge == null && kind == LocalWrite.Kind.INSERT ? ofOneHash(items) : tooLarge;
  }

  /**
   * Versions of one write have one stamp, and digests tell them apart by the hashes of their keys
   * alone: if two had the same, replicas of which each holds another one would look equal.
   */
  private static @Nullable String ofOneHash(List<? extends Item<?, ?>> items) {
    long[] hashes = items.stream().mapToLong(Item::hash).sorted().toArray();
    for (int i = 1; i < hashes.length; i++) {
      long hash = hashes[i];
      if (hash == hashes[i - 1]) {
        List<?> keys =
            items.stream().filter(item -> item.hash() == hash).limit(2).map(Item::key).toList();
        return "the keys "
            + keys
            + " have the same 64-bit hash; they can be written one by one, not in one write";
      }
    }
    return null;
  }

  /** Why such a write is refused, or null. */
  @Nullable String tooLarge(List<Item<K, R>> items) {
    for (Item<K, R> item : items) {
      byte[] record = item.recordBytes();
      int size = item.keyBytes().length + (record == null ? 0 : record.length);
      if (size > settings.maxRecordBytes()) {
        return "the record of key "
            + item.key()
            + " has "
            + size
            + " bytes; "
            + settings.maxRecordBytes()
            + " are allowed";
      }
    }
    long bytes = bytes(items);
    return bytes <= settings.maxWriteBytes()
        ? null
        : "a write of "
            + items.size()
            + " records has "
            + bytes
            + " bytes; "
            + settings.maxWriteBytes()
            + " are allowed in one write";
  }

  private static <K, R> long bytes(List<Item<K, R>> items) {
    long bytes = 0;
    for (Item<K, R> item : items) {
      byte[] record = item.recordBytes();
      bytes += OVERHEAD_BYTES + item.keyBytes().length + (record == null ? 0 : record.length);
    }
    return bytes;
  }

  private static CompletableFuture<Outcome> notApplied(
      String reason, @Nullable WatchedWrite watched) {
    Outcome outcome = new Outcome.NotApplied(reason);
    if (watched != null) {
      watched.ended(outcome);
    }
    return CompletableFuture.completedFuture(outcome);
  }

  /** Complete when all earlier writes of this node are applied on every joined node. */
  public CompletableFuture<Outcome> barrier(long deadlineNanos) {
    return write(LocalWrite.Kind.BARRIER, List.of(), deadlineNanos, false);
  }

  // ---- its end

  /** Closes the table on this node. */
  public void close() {
    if (!closed) {
      ended();
      queue.submit(replica::close);
    }
  }

  /** The node was closed, and the table with it. */
  public void ended() {
    closed = true;
    gate.close();
    changes.close();
  }
}
