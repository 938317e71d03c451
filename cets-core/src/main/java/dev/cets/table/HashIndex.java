package dev.cets.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An index by {@link Object#hashCode}: two arrays, of hashes and of entries, searched from the
 * hash's place on to the next empty one. As one thread writes, readers need no lock, and neither
 * the usual node for each key, whose 32 bytes and whose cache miss this saves.
 *
 * <p>An entry keeps its place as long as its key is there. A fuller table is made apart and then
 * shown whole, so that readers who are still in the old one see what was true when it was left.
 */
final class HashIndex<K, R> implements EntryIndex<K, R> {
  private static final VarHandle HASH = MethodHandles.arrayElementVarHandle(int[].class);
  private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Entry[].class);

  private static final int MIN_CAPACITY = 16;
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  /** Places that are or were in use, of all: linear probing gets slow above. */
  private static final double MAX_LOAD = 0.75;

  /** Less than doubling: what is empty is memory for nothing, and moving is cheap. */
  private static final double GROWTH = 1.5;

  /**
   * Keys of one hash, of which there are few, unless somebody makes them so. Further ones are kept
   * in a map that can tell them apart in another way, if they can be compared.
   */
  static final int MAX_OF_ONE_HASH = 16;

  /** In the place of a hash: nothing was ever here, and no search goes further. */
  private static final int EMPTY = 0;

  /**
   * In the place of a hash: the entry that was here is gone, and searches still go on from here.
   */
  private static final int REMOVED = 1;

  private static final int LEAST_HASH = 2;

  private static final int NOWHERE = -1;

  private final int seed;
  private volatile Table<K, R> table = new Table<>(MIN_CAPACITY);
  private volatile @Nullable ConcurrentMap<K, Entry<K, R>> crowded;
  private volatile int size;

  /** With the same seed, the same keys have the same places, and are met in the same order. */
  HashIndex(int seed) {
    this.seed = seed;
  }

  /** The two arrays. To put a new key, only that of hashes is looked at: half the cache misses. */
  private static final class Table<K, R> {
    private final int[] hashes;
    private final @Nullable Entry<K, R>[] entries;
    private int used;

    /** How many entries the last {@link #find} met that have the same hash, and another key. */
    private int othersOfThatHash;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Table(int capacity) {
      hashes = new int[capacity];
      entries = new Entry[capacity];
    }

    int capacity() {
      return hashes.length;
    }

    /** Hashes in their order have places in their order: a larger table is filled in one sweep. */
    int place(int hash) {
      return (int) ((Integer.toUnsignedLong(hash) * hashes.length) >>> Integer.SIZE);
    }

    int after(int place) {
      return place + 1 == hashes.length ? 0 : place + 1;
    }

    int hash(int place) {
      return (int) HASH.getAcquire(hashes, place);
    }

    @SuppressWarnings("unchecked")
    @Nullable Entry<K, R> entry(int place) {
      return (Entry<K, R>) ENTRY.getAcquire(entries, place);
    }

    void set(int place, int hash, @Nullable Entry<K, R> entry) {
      ENTRY.setRelease(entries, place, entry);
      HASH.setRelease(hashes, place, hash);
    }

    /** Where the entry of this key is, or {@link #NOWHERE}. */
    int find(int hash, K key) {
      othersOfThatHash = 0;
      for (int place = place(hash); ; place = after(place)) {
        int there = hash(place);
        if (there == EMPTY) {
          return NOWHERE;
        }
        if (there == hash) {
          Entry<K, R> entry = entry(place);
          if (entry != null && isOf(entry, key)) {
            return place;
          }
          othersOfThatHash += entry == null ? 0 : 1;
        }
      }
    }

    /** Puts the entry of a new key where nothing is any more, or never was. */
    void add(int hash, Entry<K, R> entry) {
      int place = place(hash);
      while (isHash(hash(place))) {
        place = after(place);
      }
      if (hash(place) == EMPTY) {
        used++;
      }
      set(place, hash, entry);
    }

    /** Behind the last of a search nothing need be left. */
    void remove(int place) {
      set(place, REMOVED, null);
      if (hash(after(place)) != EMPTY) {
        return;
      }
      for (int at = place; hash(at) == REMOVED; at = before(at)) {
        set(at, EMPTY, null);
        used--;
      }
    }

    private int before(int place) {
      return place == 0 ? hashes.length - 1 : place - 1;
    }
  }

  private static boolean isHash(int number) {
    return number != EMPTY && number != REMOVED;
  }

  @SuppressWarnings("ReferenceEquality") // the usual case, and the quicker one
  private static <K, R> boolean isOf(Entry<K, R> entry, K key) {
    return entry.key() == key || key.equals(entry.key());
  }

  /**
   * Neither {@link #EMPTY} nor {@link #REMOVED}. The seed is ours alone: nobody can make keys for
   * one place.
   */
  private int hash(K key) {
    int hash = (key.hashCode() ^ seed) * 0x85EBCA6B;
    hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
    hash ^= hash >>> 16;
    return isHash(hash) ? hash : LEAST_HASH;
  }

  @Override
  public @Nullable Entry<K, R> get(K key) {
    int hash = hash(key);
    Table<K, R> in = table;
    for (int place = in.place(hash); ; place = in.after(place)) {
      int there = in.hash(place);
      if (there == EMPTY) {
        ConcurrentMap<K, Entry<K, R>> more = crowded;
        return more == null ? null : more.get(key);
      }
      if (there == hash) {
        Entry<K, R> entry = in.entry(place);
        if (entry != null && isOf(entry, key)) {
          return entry;
        }
      }
    }
  }

  @Override
  public @Nullable Entry<K, R> put(Entry<K, R> entry) {
    K key = entry.key();
    int hash = hash(key);
    int place = table.find(hash, key);
    if (place != NOWHERE) {
      Entry<K, R> old = table.entry(place);
      table.set(place, hash, entry);
      return old;
    }
    ConcurrentMap<K, Entry<K, R>> more = crowded;
    if (more != null) {
      Entry<K, R> old = more.replace(key, entry);
      if (old != null) {
        return old;
      }
    }
    size(1);
    if (table.othersOfThatHash >= MAX_OF_ONE_HASH) {
      crowd(entry);
    } else {
      makeRoom();
      table.add(hash, entry);
    }
    return null;
  }

  private void crowd(Entry<K, R> entry) {
    ConcurrentMap<K, Entry<K, R>> more = crowded;
    if (more == null) {
      more = new ConcurrentHashMap<>();
      crowded = more;
    }
    more.put(entry.key(), entry);
  }

  @Override
  public @Nullable Entry<K, R> remove(K key) {
    int place = table.find(hash(key), key);
    ConcurrentMap<K, Entry<K, R>> more = crowded;
    Entry<K, R> old = null;
    if (place != NOWHERE) {
      old = table.entry(place);
      table.remove(place);
    } else if (more != null) {
      old = more.remove(key);
    }
    if (old != null) {
      size(-1);
    }
    return old;
  }

  /** Makes the table anew if it gets full: larger, or the same without traces of removed ones. */
  private void makeRoom() {
    Table<K, R> old = table;
    if (old.used + 1 <= old.capacity() * MAX_LOAD) {
      return;
    }
    double wanted = Math.max(MIN_CAPACITY, (size + 1) / MAX_LOAD * GROWTH);
    if (wanted > MAX_CAPACITY) {
      throw new IllegalStateException(size + " keys are in the table; it takes no more");
    }
    Table<K, R> made = new Table<>((int) wanted);
    for (int place = 0; place < old.capacity(); place++) {
      Entry<K, R> entry = old.entry(place);
      if (entry != null) {
        made.add(old.hash(place), entry);
      }
    }
    table = made;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void size(int change) {
    size += change;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void clear() {
    table = new Table<>(MIN_CAPACITY);
    crowded = null;
    size = 0;
  }

  @Override
  public Iterator<Entry<K, R>> iterator() {
    return new Walk(table, crowded);
  }

  @Override
  public Stream<Entry<K, R>> stream() {
    return StreamSupport.stream(
        () -> Spliterators.spliteratorUnknownSize(iterator(), CHARACTERISTICS),
        CHARACTERISTICS,
        false);
  }

  private static final int CHARACTERISTICS = Spliterator.NONNULL | Spliterator.CONCURRENT;

  /** Meets the keys in their places of the time when it began. */
  private final class Walk implements Iterator<Entry<K, R>> {
    private final Table<K, R> in;
    private final @Nullable ConcurrentMap<K, Entry<K, R>> more;
    private @Nullable Iterator<Entry<K, R>> rest;
    private int place;
    private @Nullable Entry<K, R> ahead;

    Walk(Table<K, R> in, @Nullable ConcurrentMap<K, Entry<K, R>> more) {
      this.in = in;
      this.more = more;
    }

    @Override
    public boolean hasNext() {
      while (ahead == null && place < in.capacity()) {
        ahead = standing(in.entry(place++));
      }
      if (ahead == null && more != null) {
        if (rest == null) {
          rest = more.values().iterator();
        }
        ahead = rest.hasNext() ? rest.next() : null;
      }
      return ahead != null;
    }

    /** In a table that is not the present one any more, entries may be old. */
    @SuppressWarnings("ReferenceEquality")
    private @Nullable Entry<K, R> standing(@Nullable Entry<K, R> met) {
      return met == null || in == table ? met : get(met.key());
    }

    @Override
    public Entry<K, R> next() {
      Entry<K, R> next = hasNext() ? ahead : null;
      if (next == null) {
        throw new NoSuchElementException();
      }
      ahead = null;
      return next;
    }
  }
}
