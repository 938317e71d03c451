package dev.cets;

import java.io.Serial;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A set table as a map. */
class TableMap<K, R> extends AbstractMap<K, R> implements ConcurrentMap<K, R> {
  private static final int CLEARED_AT_ONCE = 1000;

  private final SetTable<K, R> table;
  private final Function<? super R, ? extends K> keyOf;

  TableMap(SetTable<K, R> table, Function<? super R, ? extends K> keyOf) {
    this.table = table;
    this.keyOf = keyOf;
  }

  final SetTable<K, R> table() {
    return table;
  }

  final Function<? super R, ? extends K> keyOf() {
    return keyOf;
  }

  // ---- what a part of a table has of its own

  Stream<R> records() {
    return table.stream();
  }

  @Nullable R lookup(K key) {
    return table.lookup(key);
  }

  /** ORDERED, if records are shown in the order of their keys. */
  int order() {
    return 0;
  }

  /** Throws if there can be no record of this key. */
  void check(K key) {
    Objects.requireNonNull(key, "key");
  }

  // ---- reads

  @SuppressWarnings(
      "unchecked") // as every map: a key of another type is not found, or does not fit
  private K key(Object key) {
    return (K) Objects.requireNonNull(key, "key");
  }

  @Override
  public final @Nullable R get(Object key) {
    return lookup(key(key));
  }

  @Override
  public final boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public final boolean containsValue(Object value) {
    return records().anyMatch(Objects.requireNonNull(value, "value")::equals);
  }

  @Override
  public int size() {
    return table.size();
  }

  @Override
  public final boolean isEmpty() {
    return records().findAny().isEmpty();
  }

  /** As it was then. */
  final Map.Entry<K, R> entry(R record) {
    return new SimpleImmutableEntry<>(keyOf.apply(record), record);
  }

  private final class WritableEntry extends SimpleEntry<K, R> {
    @Serial private static final long serialVersionUID = 1L;

    WritableEntry(R record) {
      super(keyOf.apply(record), record);
    }

    @Override
    public R setValue(R record) {
      put(getKey(), record);
      return super.setValue(record);
    }
  }

  // ---- writes

  private void check(K key, R record) {
    check(key);
    K own = keyOf.apply(Objects.requireNonNull(record, "record"));
    if (!key.equals(own)) {
      throw new IllegalArgumentException(
          "a record of key " + own + " cannot be put under key " + key);
    }
  }

  @Override
  public final @Nullable R put(K key, R record) {
    check(key, record);
    R before = lookup(key);
    table.insert(record);
    return before;
  }

  @Override
  public final void putAll(Map<? extends K, ? extends R> records) {
    records.forEach(this::check);
    table.insertMany(new ArrayList<>(records.values()));
  }

  @Override
  public final @Nullable R remove(Object key) {
    K own = key(key);
    R before = lookup(own);
    if (before != null) {
      table.delete(own);
    }
    return before;
  }

  @Override
  @SuppressWarnings("unchecked") // a record of another type has no key, or is equal to none
  public final boolean remove(Object key, Object record) {
    R standing = get(key);
    return standing != null
        && record != null
        && standing.getClass() == record.getClass()
        && key.equals(keyOf.apply((R) record))
        && table.deleteObject((R) record).changes() > 0;
  }

  @Override
  public final @Nullable R putIfAbsent(K key, R record) {
    check(key, record);
    return table.insertNewOrLookup(record).orElse(null);
  }

  @Override
  public final boolean replace(K key, R expected, R record) {
    check(key, record);
    return key.equals(keyOf.apply(Objects.requireNonNull(expected, "expected")))
        && lookup(key) != null
        && table.replace(expected, record);
  }

  @Override
  public final @Nullable R replace(K key, R record) {
    check(key, record);
    while (true) {
      R standing = lookup(key);
      if (standing == null || table.replace(standing, record)) {
        return standing;
      }
    }
  }

  @Override
  public final void clear() {
    List<K> keys = new ArrayList<>();
    for (Iterator<R> all = records().iterator(); all.hasNext(); ) {
      keys.add(keyOf.apply(all.next()));
      if (keys.size() == CLEARED_AT_ONCE) {
        table.deleteMany(keys);
        keys.clear();
      }
    }
    table.deleteMany(keys);
  }

  // ---- views

  @Override
  public Set<K> keySet() {
    return new Keys();
  }

  @Override
  public final Collection<R> values() {
    return new Values();
  }

  @Override
  public final Set<Map.Entry<K, R>> entrySet() {
    return new Entries();
  }

  final <T> Iterator<T> iterator(Stream<R> records, Function<R, T> shown) {
    return new Records<>(records.iterator(), shown);
  }

  /** May remove what it has shown last. */
  private final class Records<T> implements Iterator<T> {
    private final Iterator<R> records;
    private final Function<R, T> shown;
    private @Nullable R last;

    Records(Iterator<R> records, Function<R, T> shown) {
      this.records = records;
      this.shown = shown;
    }

    @Override
    public boolean hasNext() {
      return records.hasNext();
    }

    @Override
    public T next() {
      R next = records.next();
      last = next;
      return shown.apply(next);
    }

    @Override
    public void remove() {
      R record = last;
      if (record == null) {
        throw new IllegalStateException("nothing was shown since the last removal");
      }
      last = null;
      table.delete(keyOf.apply(record));
    }
  }

  private final class Keys extends AbstractSet<K> {
    @Override
    public Iterator<K> iterator() {
      return TableMap.this.iterator(records(), keyOf::apply);
    }

    @Override
    public Spliterator<K> spliterator() {
      return new ViewSpliterator<>(records().map(keyOf), Spliterator.DISTINCT | order());
    }

    @Override
    public int size() {
      return TableMap.this.size();
    }

    @Override
    public boolean contains(Object key) {
      return containsKey(key);
    }

    @Override
    public boolean remove(Object key) {
      return TableMap.this.remove(key) != null;
    }

    @Override
    public void clear() {
      TableMap.this.clear();
    }
  }

  private final class Values extends AbstractCollection<R> {
    @Override
    public Iterator<R> iterator() {
      return TableMap.this.iterator(records(), Function.identity());
    }

    @Override
    public Spliterator<R> spliterator() {
      return new ViewSpliterator<>(records(), order());
    }

    @Override
    public int size() {
      return TableMap.this.size();
    }

    @Override
    public boolean contains(Object record) {
      return containsValue(record);
    }

    @Override
    public void clear() {
      TableMap.this.clear();
    }
  }

  private final class Entries extends AbstractSet<Map.Entry<K, R>> {
    @Override
    public Iterator<Map.Entry<K, R>> iterator() {
      return TableMap.this.iterator(records(), WritableEntry::new);
    }

    @Override
    public Spliterator<Map.Entry<K, R>> spliterator() {
      return new ViewSpliterator<>(
          records().map(WritableEntry::new), Spliterator.DISTINCT | order());
    }

    @Override
    public int size() {
      return TableMap.this.size();
    }

    @Override
    public boolean contains(Object other) {
      return other instanceof Map.Entry<?, ?> entry
          && entry.getKey() != null
          && entry.getValue() != null
          && entry.getValue().equals(get(entry.getKey()));
    }

    @Override
    public boolean remove(Object other) {
      return contains(other)
          && other instanceof Map.Entry<?, ?> entry
          && TableMap.this.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public void clear() {
      TableMap.this.clear();
    }
  }
}
