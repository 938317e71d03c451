package dev.cets;

import dev.cets.table.OrderedPart;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An ordered set, or a part of it, as a map. */
final class OrderedTableMap<K, R> extends TableMap<K, R> implements ConcurrentNavigableMap<K, R> {
  private final OrderedPart<K, R> part;
  private final boolean whole;

  /** All of a table. */
  OrderedTableMap(
      SetTable<K, R> table, Function<? super R, ? extends K> keyOf, OrderedPart<K, R> all) {
    this(table, keyOf, all, true);
  }

  private OrderedTableMap(
      SetTable<K, R> table,
      Function<? super R, ? extends K> keyOf,
      OrderedPart<K, R> part,
      boolean whole) {
    super(table, keyOf);
    this.part = part;
    this.whole = whole;
  }

  private OrderedPart<K, R> open() {
    table().checkOpen();
    return part;
  }

  @Override
  Stream<R> records() {
    return open().stream();
  }

  @Override
  int order() {
    return Spliterator.ORDERED;
  }

  @Override
  @Nullable R lookup(K key) {
    return open().lookup(key);
  }

  @Override
  void check(K key) {
    super.check(key);
    part.checkRange(key);
  }

  @Override
  public int size() {
    return whole ? table().size() : (int) records().count();
  }

  // ---- neighbours

  private Map.@Nullable Entry<K, R> entryOf(@Nullable R record) {
    return record == null ? null : entry(record);
  }

  private @Nullable K keyOf(@Nullable R record) {
    return record == null ? null : keyOf().apply(record);
  }

  @Override
  public Map.@Nullable Entry<K, R> firstEntry() {
    return entryOf(open().first());
  }

  @Override
  public Map.@Nullable Entry<K, R> lastEntry() {
    return entryOf(open().last());
  }

  @Override
  public Map.@Nullable Entry<K, R> lowerEntry(K key) {
    return entryOf(open().lower(key));
  }

  @Override
  public Map.@Nullable Entry<K, R> floorEntry(K key) {
    return entryOf(open().floor(key));
  }

  @Override
  public Map.@Nullable Entry<K, R> ceilingEntry(K key) {
    return entryOf(open().ceiling(key));
  }

  @Override
  public Map.@Nullable Entry<K, R> higherEntry(K key) {
    return entryOf(open().higher(key));
  }

  @Override
  public @Nullable K lowerKey(K key) {
    return keyOf(open().lower(key));
  }

  @Override
  public @Nullable K floorKey(K key) {
    return keyOf(open().floor(key));
  }

  @Override
  public @Nullable K ceilingKey(K key) {
    return keyOf(open().ceiling(key));
  }

  @Override
  public @Nullable K higherKey(K key) {
    return keyOf(open().higher(key));
  }

  @Override
  public K firstKey() {
    return present(keyOf(open().first()));
  }

  @Override
  public K lastKey() {
    return present(keyOf(open().last()));
  }

  private static <K> K present(@Nullable K key) {
    if (key == null) {
      throw new NoSuchElementException("there is no record");
    }
    return key;
  }

  @Override
  public Map.@Nullable Entry<K, R> pollFirstEntry() {
    return poll(part::first);
  }

  @Override
  public Map.@Nullable Entry<K, R> pollLastEntry() {
    return poll(part::last);
  }

  private interface End<R> {
    @Nullable R record();
  }

  /** Exactly what it answers is removed: what another took meanwhile is passed over. */
  private Map.@Nullable Entry<K, R> poll(End<R> end) {
    open();
    while (true) {
      R record = end.record();
      if (record == null || table().deleteObject(record).changes() > 0) {
        return entryOf(record);
      }
    }
  }

  // ---- parts

  @Override
  public Comparator<? super K> comparator() {
    return part.comparator();
  }

  private OrderedTableMap<K, R> of(OrderedPart<K, R> other) {
    return new OrderedTableMap<>(table(), keyOf(), other, false);
  }

  @Override
  public ConcurrentNavigableMap<K, R> subMap(
      K from, boolean fromInclusive, K to, boolean toInclusive) {
    return of(part.sub(from, fromInclusive, to, toInclusive));
  }

  @Override
  public ConcurrentNavigableMap<K, R> headMap(K to, boolean inclusive) {
    return of(part.head(to, inclusive));
  }

  @Override
  public ConcurrentNavigableMap<K, R> tailMap(K from, boolean inclusive) {
    return of(part.tail(from, inclusive));
  }

  @Override
  public ConcurrentNavigableMap<K, R> subMap(K from, K to) {
    return subMap(from, true, to, false);
  }

  @Override
  public ConcurrentNavigableMap<K, R> headMap(K to) {
    return headMap(to, false);
  }

  @Override
  public ConcurrentNavigableMap<K, R> tailMap(K from) {
    return tailMap(from, true);
  }

  @Override
  public ConcurrentNavigableMap<K, R> descendingMap() {
    return of(part.descending());
  }

  // ---- keys

  @Override
  public NavigableSet<K> keySet() {
    return new OrderedKeys<>(this);
  }

  @Override
  public NavigableSet<K> navigableKeySet() {
    return keySet();
  }

  @Override
  public NavigableSet<K> descendingKeySet() {
    return descendingMap().navigableKeySet();
  }

  Spliterator<K> keySpliterator() {
    return new ViewSpliterator<>(
        records().map(keyOf()),
        Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.SORTED,
        comparator());
  }

  Iterator<K> keys() {
    return iterator(records(), record -> Objects.requireNonNull(keyOf().apply(record)));
  }
}
