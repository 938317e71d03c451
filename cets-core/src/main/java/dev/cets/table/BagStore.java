package dev.cets.table;

import dev.cets.replication.LiveVersions;
import java.util.Iterator;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** The store of a bag: its elements, those of one key next to each other. */
public final class BagStore<K, R> extends SetStore<Element<K, R>, Presence> {
  private final ConcurrentSkipListMap<Element<K, R>, Entry<Element<K, R>, Presence>> entries;

  /** An empty store. */
  public BagStore() {
    this(new ConcurrentSkipListMap<>(Element::compareTo));
  }

  private BagStore(ConcurrentSkipListMap<Element<K, R>, Entry<Element<K, R>, Presence>> entries) {
    super(new SortedIndex<>(entries), null, null);
    this.entries = entries;
  }

  /** The elements of a key that are shown. */
  Stream<Element<K, R>> visible(Element<K, R> ofKey) {
    return entriesOf(ofKey).filter(entry -> met(entry) != null).map(Entry::key);
  }

  /** All elements of a key, hidden ones included. */
  Stream<Element<K, R>> held(Element<K, R> ofKey) {
    return entriesOf(ofKey).map(Entry::key);
  }

  /** All elements that are shown. */
  Stream<Element<K, R>> visible() {
    return entries.values().stream().filter(entry -> met(entry) != null).map(Entry::key);
  }

  /** All elements of one key are a group. */
  @Override
  public Element<K, R> group(Element<K, R> element) {
    return element.ofItsKey();
  }

  @Override
  public Iterator<LiveVersions<Element<K, R>, Presence>> walk(Element<K, R> ofKey) {
    return entriesOf(ofKey).<LiveVersions<Element<K, R>, Presence>>map(entry -> entry).iterator();
  }

  private Stream<Entry<Element<K, R>, Presence>> entriesOf(Element<K, R> ofKey) {
    return entries.tailMap(ofKey, true).values().stream()
        .takeWhile(entry -> entry.key().mayBeOfKeyOf(ofKey))
        .filter(entry -> entry.key().isOf(ofKey.key()));
  }
}
