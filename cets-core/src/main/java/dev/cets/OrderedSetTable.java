package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.LocalTable;
import dev.cets.table.OrderedStore;
import java.time.Duration;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table with one record per key, which can be read in the order of keys. {@link #stream} and
 * {@link #dump} go from the least to the greatest.
 *
 * <p>Streams are lazy: {@code table.from(key).limit(10)} looks at ten records, however large the
 * table is.
 */
public final class OrderedSetTable<K, R> extends SetTable<K, R> {
  private final OrderedStore<K, R> store;

  OrderedSetTable(
      NodeRuntime runtime, LocalTable<K, R> table, OrderedStore<K, R> store, Writes writes) {
    super(runtime, table, writes);
    this.store = store;
  }

  @Override
  public OrderedSetTable<K, R> withDeadline(Duration deadline) {
    return new OrderedSetTable<>(runtime, table, store, writes.withDeadline(deadline));
  }

  /** The record of the least key, or null. */
  public @Nullable R first() {
    return open().first();
  }

  /** The record of the greatest key, or null. */
  public @Nullable R last() {
    return open().last();
  }

  /** The record of the least key greater than this one, or null. There need be none of this key. */
  public @Nullable R next(K key) {
    return open().next(key);
  }

  /** The record of the greatest key less than this one, or null. There need be none of this key. */
  public @Nullable R previous(K key) {
    return open().previous(key);
  }

  /** All records, from the greatest key to the least. */
  public Stream<R> descending() {
    return open().descending();
  }

  /** The records of this key and of all greater ones. */
  public Stream<R> from(K from) {
    return open().from(from);
  }

  /**
   * The records of the keys from one, included, to another, excluded.
   *
   * @throws IllegalArgumentException if {@code to} is less than {@code from}
   */
  public Stream<R> range(K from, K to) {
    return open().range(from, to);
  }

  /**
   * The records whose keys begin with something, such as all sessions of a user where keys are of a
   * user and a device: {@code prefix(SessionKey::user, "alice")}. For text, {@code prefix(key ->
   * key.substring(0, Math.min(2, key.length())), "al")}. Found without a look at the others.
   *
   * @param head what keys are ordered by before anything else, in its natural order
   */
  public <H extends Comparable<? super H>> Stream<R> prefix(
      Function<? super K, ? extends H> head, H value) {
    return section(key -> head.apply(key).compareTo(value));
  }

  /**
   * The records of a part of the keys, found without a look at the others.
   *
   * @param position where a key is: 0 in the part, negative before it, positive behind it, in this
   *     table's order
   */
  public Stream<R> section(ToIntFunction<? super K> position) {
    return open().section(position);
  }

  /** As of every set; its parts, too, are live and can be written. */
  @Override
  public ConcurrentNavigableMap<K, R> asMap() {
    return new OrderedTableMap<>(this, table.keyOf(), store.part());
  }

  private OrderedStore<K, R> open() {
    table.checkOpen();
    return store;
  }
}
