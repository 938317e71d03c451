package dev.cets.table;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What readers see of a part of an ordered set, in either direction. Live; out of its range there
 * are no records.
 */
public final class OrderedPart<K, R> {
  private final SetStore<K, R> store;
  private final ConcurrentNavigableMap<K, Entry<K, R>> entries;

  OrderedPart(SetStore<K, R> store, ConcurrentNavigableMap<K, Entry<K, R>> entries) {
    this.store = store;
    this.entries = entries;
  }

  /** The order of its keys. */
  public Comparator<? super K> comparator() {
    return Objects.requireNonNull(entries.comparator());
  }

  /** The record of a key, or null. */
  public @Nullable R lookup(K key) {
    return entries.containsKey(key) ? store.lookup(key) : null;
  }

  /** The records in order. */
  public Stream<R> stream() {
    return entries.values().stream().map(store::met).filter(Objects::nonNull);
  }

  /** The record of the first key, or null. */
  public @Nullable R first() {
    return visible(entries.firstEntry(), entries::higherEntry);
  }

  /** The record of the last key, or null. */
  public @Nullable R last() {
    return visible(entries.lastEntry(), entries::lowerEntry);
  }

  /** The record of the last key before this one, or null. */
  public @Nullable R lower(K key) {
    return visible(entries.lowerEntry(key), entries::lowerEntry);
  }

  /** The record of the last key up to this one, or null. */
  public @Nullable R floor(K key) {
    return visible(entries.floorEntry(key), entries::lowerEntry);
  }

  /** The record of the first key from this one on, or null. */
  public @Nullable R ceiling(K key) {
    return visible(entries.ceilingEntry(key), entries::higherEntry);
  }

  /** The record of the first key behind this one, or null. */
  public @Nullable R higher(K key) {
    return visible(entries.higherEntry(key), entries::higherEntry);
  }

  private interface Step<K, R> {
    Map.@Nullable Entry<K, Entry<K, R>> from(K key);
  }

  private @Nullable R visible(Map.@Nullable Entry<K, Entry<K, R>> begin, Step<K, R> step) {
    for (Map.@Nullable Entry<K, Entry<K, R>> at = begin; at != null; at = step.from(at.getKey())) {
      R record = store.met(at.getValue());
      if (record != null) {
        return record;
      }
    }
    return null;
  }

  /** Throws an IllegalArgumentException if the key is out of its range. */
  public void checkRange(K key) {
    part(all -> all.subMap(key, true, key, true));
  }

  /** The part before a key. */
  public OrderedPart<K, R> head(K to, boolean inclusive) {
    return part(all -> all.headMap(to, inclusive));
  }

  /** The part behind a key. */
  public OrderedPart<K, R> tail(K from, boolean inclusive) {
    return part(all -> all.tailMap(from, inclusive));
  }

  /** The part between two keys. */
  public OrderedPart<K, R> sub(K from, boolean fromInclusive, K to, boolean toInclusive) {
    return part(all -> all.subMap(from, fromInclusive, to, toInclusive));
  }

  /** The same, the other way round. */
  public OrderedPart<K, R> descending() {
    return part(ConcurrentNavigableMap::descendingMap);
  }

  private OrderedPart<K, R> part(UnaryOperator<ConcurrentNavigableMap<K, Entry<K, R>>> cut) {
    return new OrderedPart<>(store, cut.apply(entries));
  }
}
