package dev.cets.table;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The store of an ordered set: as that of a set, with its keys in order. */
public final class OrderedStore<K, R> extends SetStore<K, R> {
  private final ConcurrentSkipListMap<K, Entry<K, R>> entries;

  /** An empty store; its other parameters are those of {@link SetStore}. */
  public OrderedStore(
      KeyOrder<K> order,
      @Nullable Function<? super R, ? extends K> keyOf,
      @Nullable Resolving<K, R> resolving) {
    this(new ConcurrentSkipListMap<>(order), keyOf, resolving);
  }

  private OrderedStore(
      ConcurrentSkipListMap<K, Entry<K, R>> entries,
      @Nullable Function<? super R, ? extends K> keyOf,
      @Nullable Resolving<K, R> resolving) {
    super(new SortedIndex<>(entries), keyOf, resolving);
    this.entries = entries;
  }

  @Override
  void check(K key) {
    var unused = entries.comparator().compare(key, key);
  }

  /** The record of the least key. */
  public @Nullable R first() {
    return firstOf(entries);
  }

  /** The record of the greatest key. */
  public @Nullable R last() {
    return firstOf(entries.descendingMap());
  }

  /** The record of the least key that is greater. */
  public @Nullable R next(K key) {
    return firstOf(entries.tailMap(key, false));
  }

  /** The record of the greatest key that is less. */
  public @Nullable R previous(K key) {
    return firstOf(entries.headMap(key, false).descendingMap());
  }

  /** The records from the greatest key to the least. */
  public Stream<R> descending() {
    return records(entries.descendingMap());
  }

  /** The records from this key on, which is included. */
  public Stream<R> from(K from) {
    return records(entries.tailMap(from, true));
  }

  /** The records from one key, included, to another, excluded. */
  public Stream<R> range(K from, K to) {
    Objects.requireNonNull(to);
    if (entries.comparator().compare(from, to) > 0) {
      throw new IllegalArgumentException("a range from " + from + " to " + to + ", which is less");
    }
    return records(entries.subMap(from, true, to, false));
  }

  /** The records whose keys are at position 0: those before are negative, those behind positive. */
  public Stream<R> section(ToIntFunction<? super K> position) {
    K place = KeyOrder.place(position);
    return entries.tailMap(place, true).entrySet().stream()
        .takeWhile(entry -> position.applyAsInt(entry.getKey()) == 0)
        .map(entry -> met(entry.getValue()))
        .filter(Objects::nonNull);
  }

  /** All of it, to be cut. */
  public OrderedPart<K, R> part() {
    return new OrderedPart<>(this, entries);
  }

  private @Nullable R firstOf(NavigableMap<K, Entry<K, R>> part) {
    for (Entry<K, R> entry : part.values()) {
      R record = met(entry);
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  private Stream<R> records(Map<K, Entry<K, R>> part) {
    return part.values().stream().map(this::met).filter(Objects::nonNull);
  }
}
