package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.replication.LocalWrite.Item;
import dev.cets.replication.LocalWrite.Kind;
import dev.cets.replication.Outcome;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The caller's side of a bag. It is replicated as a set of elements, each a record in the place of
 * a key, with nothing behind it.
 */
public final class LocalBag<K, R> implements TableCalls<K, R> {
  private final LocalTable<Element<K, R>, Presence> table;
  private final ElementCodec<K, R> codec;
  private final BagStore<K, R> store;
  private final ChangeFeed<K, R> changes;

  /** A bag over the store that the protocol fills. */
  public LocalBag(
      LocalTable<Element<K, R>, Presence> table, ElementCodec<K, R> codec, BagStore<K, R> store) {
    this.table = table;
    this.codec = codec;
    this.store = store;
    this.changes = table.changes().translated(this::records, BagChanges::new);
  }

  @Override
  public LocalTable<?, ?> table() {
    return table;
  }

  /** The records of a key. */
  public List<R> lookup(K key) {
    table.checkOpen();
    return store.visible(codec.ofKey(key)).map(Element::record).toList();
  }

  /** Is there exactly this record? */
  public boolean containsObject(R record) {
    return table.contains(codec.ofRecord(record, codec.encodeRecord(record)));
  }

  @Override
  public boolean contains(K key) {
    table.checkOpen();
    return store.visible(codec.ofKey(key)).findAny().isPresent();
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public Stream<R> stream() {
    table.checkOpen();
    return records();
  }

  private Stream<R> records() {
    return store.visible().map(Element::record);
  }

  @Override
  public ChangeFeed<K, R> changes() {
    table.checkOpen();
    return changes;
  }

  @Override
  public CompletableFuture<Dumped<R>> dump(String node, long deadlineNanos, boolean async) {
    return table.dump(node, deadlineNanos, async, (element, present) -> element.record());
  }

  @Override
  public CompletableFuture<Outcome> insert(
      Collection<? extends R> records, long deadlineNanos, boolean async) {
    return table.write(Kind.INSERT, ofRecords(records), null, deadlineNanos, async, table::apply);
  }

  @Override
  public CompletableFuture<Outcome> insertNew(R record, long deadlineNanos, boolean async) {
    return serial(Kind.INSERT_NEW, record, deadlineNanos, async).thenApply(LocalBag::ofRecords);
  }

  @Override
  public CompletableFuture<Outcome> insertSerial(R record, long deadlineNanos, boolean async) {
    return serial(Kind.INSERT_SERIAL, record, deadlineNanos, async);
  }

  private CompletableFuture<Outcome> serial(
      Kind kind, R record, long deadlineNanos, boolean async) {
    return table.write(kind, ofRecords(List.of(record)), null, deadlineNanos, async, table::apply);
  }

  /** What stands is told as elements. */
  private static Outcome ofRecords(Outcome outcome) {
    return outcome instanceof Outcome.Present present
        ? new Outcome.Present(
            present.standing().stream().map(each -> ((Element<?, ?>) each).record()).toList())
        : outcome;
  }

  @Override
  public CompletableFuture<Outcome> deleteObjects(
      Collection<? extends R> records, long deadlineNanos, boolean async) {
    return table.write(
        Kind.DELETE_OBJECT, ofRecords(records), null, deadlineNanos, async, table::apply);
  }

  @Override
  public CompletableFuture<Outcome> delete(
      Collection<? extends K> keys, long deadlineNanos, boolean async) {
    Map<Element<K, R>, Item<Element<K, R>, Presence>> items =
        LinkedHashMap.newLinkedHashMap(keys.size());
    for (K key : keys) {
      Element<K, R> ofKey = codec.ofKey(key);
      items.put(ofKey, new Item<>(ofKey, 0, codec.encodeKey(key), null, null));
    }
    return table.write(
        Kind.DELETE, new ArrayList<>(items.values()), null, deadlineNanos, async, this::deleteHeld);
  }

  private List<Item<Element<K, R>, Presence>> ofRecords(Collection<? extends R> records) {
    Map<Element<K, R>, Item<Element<K, R>, Presence>> items =
        LinkedHashMap.newLinkedHashMap(records.size());
    for (R record : records) {
      byte[] bytes = codec.encodeRecord(record);
      Element<K, R> element = codec.ofRecord(record, bytes);
      items.put(element, item(element, bytes));
    }
    return new ArrayList<>(items.values());
  }

  private Item<Element<K, R>, Presence> item(Element<K, R> element, byte[] bytes) {
    return new Item<>(element, KeyHash.of(bytes), bytes, Presence.PRESENT, Presence.BYTES);
  }

  /** On the loop: which elements of the keys there are is known only there. */
  private void deleteHeld(LocalWrite<Element<K, R>, Presence> ofKeys) {
    List<Item<Element<K, R>, Presence>> held = new ArrayList<>();
    for (Item<Element<K, R>, Presence> ofKey : ofKeys.items()) {
      store.held(ofKey.key()).forEach(element -> held.add(item(element, codec.encode(element))));
    }
    String tooLarge = table.tooLarge(held);
    if (tooLarge == null) {
      table.apply(new LocalWrite<>(Kind.DELETE, held, ofKeys.deadlineNanos(), ofKeys.call()));
    } else {
      ofKeys.call().ended(new Outcome.NotApplied(tooLarge));
      ofKeys.call().released();
    }
  }
}
