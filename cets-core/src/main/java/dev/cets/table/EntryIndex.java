package dev.cets.table;

import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entry of a key. One thread writes; any may read meanwhile: a key that is there all the
 * time is found at every moment, also while its entry is replaced by another.
 *
 * <p>Walks are weakly consistent and never throw: they meet every key once that is there from their
 * beginning to their end, with the entry that it has by then.
 */
interface EntryIndex<K, R> extends Iterable<Entry<K, R>> {
  @Nullable Entry<K, R> get(K key);

  /** Puts an entry in the place of that of its key; answers the one that was there. */
  @Nullable Entry<K, R> put(Entry<K, R> entry);

  /** Removes the entry of a key; answers it. */
  @Nullable Entry<K, R> remove(K key);

  int size();

  void clear();

  @Override
  Iterator<Entry<K, R>> iterator();

  Stream<Entry<K, R>> stream();
}
