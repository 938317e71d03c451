package dev.cets.table;

import java.util.Iterator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An index in the order of keys, over a map that keeps it. */
final class SortedIndex<K, R> implements EntryIndex<K, R> {
  private final ConcurrentNavigableMap<K, Entry<K, R>> entries;

  SortedIndex(ConcurrentNavigableMap<K, Entry<K, R>> entries) {
    this.entries = entries;
  }

  @Override
  public @Nullable Entry<K, R> get(K key) {
    return entries.get(key);
  }

  @Override
  public @Nullable Entry<K, R> put(Entry<K, R> entry) {
    return entries.put(entry.key(), entry);
  }

  @Override
  public @Nullable Entry<K, R> remove(K key) {
    return entries.remove(key);
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public void clear() {
    entries.clear();
  }

  @Override
  public Iterator<Entry<K, R>> iterator() {
    return entries.values().iterator();
  }

  @Override
  public Stream<Entry<K, R>> stream() {
    return entries.values().stream();
  }
}
