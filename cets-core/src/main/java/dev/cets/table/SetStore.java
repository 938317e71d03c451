package dev.cets.table;

import dev.cets.replication.Cause;
import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Version;
import dev.cets.replication.VersionStore;
import dev.cets.spi.EventLoop;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store of a set table. Readers look into an index and at one flag of the record's owner; the
 * protocol's thread alone writes. Stores of other types differ in their index, and in what can be
 * asked of it.
 */
public class SetStore<K, R> implements VersionStore<K, R> {
  /** A flip is two steps of the writing thread, so no reader needs so many. */
  private static final int MOST_LOOKS = 10_000;

  private final EntryIndex<K, R> entries;
  private final @Nullable Function<? super R, ? extends K> keyOf;
  private final @Nullable Resolving<K, R> resolving;
  private final Buckets<K, R> buckets = new Buckets<>();
  private final Set<Entry<K, R>> conflicts = new HashSet<>();
  private volatile int visible;

  /** Odd while an owner is being hidden or shown. */
  private volatile long flips;

  private @Nullable ChangeSink<K, R> sink;
  private Cause cause = Cause.LOCAL;

  /** Whom to tell of what changes for readers; before the first change. */
  void tells(ChangeSink<K, R> told) {
    sink = told;
  }

  /** An empty store; the latest version of a key is the one to be seen. */
  public SetStore() {
    this(null, null, 0);
  }

  /**
   * An empty store.
   *
   * @param keyOf answers a record's key; null: keys are not in records
   * @param resolving null: the latest version of a key is the one to be seen
   * @param seed of the order of keys; known to nobody who might choose keys to slow them down
   */
  public SetStore(
      @Nullable Function<? super R, ? extends K> keyOf,
      @Nullable Resolving<K, R> resolving,
      int seed) {
    this(new HashIndex<>(seed), keyOf, resolving);
  }

  /** A seed that no stranger can tell, and in virtual time the same in each run. */
  public static int seed(EventLoop loop) {
    return (int) KeyHash.mix(loop.nanoTime());
  }

  SetStore(
      EntryIndex<K, R> entries,
      @Nullable Function<? super R, ? extends K> keyOf,
      @Nullable Resolving<K, R> resolving) {
    this.entries = entries;
    this.keyOf = keyOf;
    this.resolving = resolving;
  }

  // ---- what readers see

  /** The record of a key, if its owner is shown. */
  public @Nullable R lookup(K key) {
    long before = flips;
    Entry<K, R> entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    R record = entry.visible();
    return haveStoodStill(before) ? record : lookAgain(key);
  }

  /**
   * The entry and the flags of its owners are read one after the other. If an owner was hidden or
   * shown meanwhile, they may never have been so at one time: a key whose record passes from one
   * owner to another, who is hidden then, would be missed.
   */
  @SuppressWarnings("ReferenceEquality") // this very entry, not one like it
  private @Nullable R lookAgain(K key) {
    R record = null;
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      long before = flips;
      Entry<K, R> entry = entries.get(key);
      if (entry == null) {
        return null;
      }
      record = entry.visible();
      boolean oneFlagWhileInPlace = entry.count() == 1 && entries.get(key) == entry;
      if (oneFlagWhileInPlace || haveStoodStill(before)) {
        return record;
      }
    }
    return record;
  }

  private boolean haveStoodStill(long before) {
    return flips == before && (before & 1) == 0;
  }

  /** What is shown of an entry that was met on a walk; or of its key, if it was replaced since. */
  final @Nullable R met(Entry<K, R> entry) {
    R record = entry.visible();
    return record == null ? lookup(entry.key()) : record;
  }

  @Override
  public int size() {
    return visible;
  }

  /** How many keys have no record that is shown, but hidden ones. */
  public int hidden() {
    return Math.max(0, entries.size() - visible);
  }

  @Override
  public int keys() {
    return buckets.size();
  }

  /** The records that are shown, weakly consistent. */
  public Stream<R> stream() {
    return entries.stream().map(this::met).filter(Objects::nonNull);
  }

  /** Throws what the application's code throws, if it does not know what to do with such a key. */
  void check(K key) {}

  // ---- what the protocol writes

  @Override
  public @Nullable LiveVersions<K, R> versions(K key) {
    return entries.get(key);
  }

  @Override
  public void because(Cause reason) {
    cause = reason;
  }

  @Override
  public void set(
      K key, long hash, @Nullable LiveVersions<K, R> before, Origin origin, long stamp, R record) {
    K own = ownKey(key, record);
    if (before instanceof Entry<K, R> entry && entry.isOnly(origin)) {
      overwrite(entry, own, stamp, record);
    } else {
      replace(key, new Entry<>(own, hash, origin, stamp, record));
    }
  }

  /**
   * Most writes are another one of the record's owner. Readers need but one flag to know whether
   * they see the record that they find, so it can be changed in place: nothing else need be found.
   */
  private void overwrite(Entry<K, R> entry, K key, long stamp, R record) {
    R before = entry.visible();
    buckets.restamp(entry, stamp);
    entry.overwrite(key, stamp, record);
    ChangeSink<K, R> told = sink;
    if (before != null && told != null && told.wanted()) {
      told.changed(key, before, record, cause);
    }
  }

  /**
   * The key that is in the record itself, if it is the same: what came from another node brings
   * two, and one is enough.
   */
  private K ownKey(K key, @Nullable R record) {
    if (record == null || keyOf == null) {
      return key;
    }
    K own;
    try {
      own = keyOf.apply(record);
    } catch (RuntimeException e) {
      return key; // the application's; it says nothing against the write
    }
    return key.equals(own) ? own : key;
  }

  @Override
  public void set(K key, long hash, List<Version<R>> live) {
    if (live.isEmpty()) {
      replace(key, null);
    } else {
      List<Version<R>> sorted = new ArrayList<>(live);
      if (resolving == null || resolving.inStampOrder()) {
        sorted.sort(SetStore::latestFirst);
      }
      K own = ownKey(key, sorted.getFirst().record());
      replace(key, Entry.of(own, hash, sorted, resolving, entries.get(key)));
    }
  }

  private static int latestFirst(Version<?> a, Version<?> b) {
    int order = Long.compare(b.stamp(), a.stamp());
    return order != 0 ? order : b.origin().incarnation().compareTo(a.origin().incarnation());
  }

  @Override
  public void show(Origin origin, boolean shown) {
    if (origin.visible() == shown) {
      return;
    }
    int before = visibleConflicts();
    flip();
    origin.visible(shown);
    flip();
    addVisible(visibleConflicts() - before + (shown ? origin.records() : -origin.records()));
    ChangeSink<K, R> told = sink;
    if (told != null && told.wanted()) {
      Changes.tellShown(entries, origin, shown, told);
    }
  }

  @Override
  public void forEach(Consumer<LiveVersions<K, R>> action) {
    entries.forEach(action);
  }

  @Override
  public Iterator<LiveVersions<K, R>> walk() {
    return entries.stream().<LiveVersions<K, R>>map(entry -> entry).iterator();
  }

  @Override
  public K group(K key) {
    return key;
  }

  @Override
  public Iterator<LiveVersions<K, R>> walk(K group) {
    LiveVersions<K, R> live = versions(group);
    return live == null ? Collections.emptyIterator() : List.of(live).iterator();
  }

  @Override
  public void forEachIn(long from, long to, Consumer<LiveVersions<K, R>> action) {
    buckets.in(from, to).forEach(action);
  }

  @Override
  public int bits() {
    return buckets.bits();
  }

  @Override
  public long[] digests(int bits, int first, int count) {
    return buckets.digests(bits, first, count);
  }

  @Override
  public void clear() {
    entries.forEach(entry -> count(entry, -1));
    entries.clear();
    buckets.clear();
    visible = 0;
  }

  private void replace(K key, @Nullable Entry<K, R> entry) {
    Entry<K, R> old = entry == null ? entries.remove(key) : entries.put(entry);
    if (old == null) {
      if (entry != null) {
        buckets.add(entry);
      }
    } else if (entry == null) {
      buckets.remove(old);
    } else {
      buckets.replace(old, entry);
    }
    addVisible((entry == null ? 0 : count(entry, 1)) - (old == null ? 0 : count(old, -1)));
    ChangeSink<K, R> told = sink;
    if (told != null && told.wanted()) {
      Changes.tellReplaced(key, old, entry, cause, told);
    }
  }

  /** Keeps the figures; says whether the entry shows a record, as 1 or 0. */
  private int count(Entry<K, R> entry, int sign) {
    for (int i = 0; i < entry.count(); i++) {
      entry.version(i).origin().count(entry.version(i), sign);
    }
    if (entry.count() > 1) {
      countConflict(entry, sign);
    } else if (!entry.isBare()) {
      entry.origin().addRecords(sign);
    }
    return entry.isVisible() ? 1 : 0;
  }

  private void countConflict(Entry<K, R> entry, int sign) {
    if (sign > 0) {
      conflicts.add(entry);
    } else {
      conflicts.remove(entry);
    }
  }

  private int visibleConflicts() {
    int count = 0;
    for (Entry<K, R> entry : conflicts) {
      if (entry.isVisible()) {
        count++;
      }
    }
    return count;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void flip() {
    flips++;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void addVisible(int change) {
    if (change != 0) {
      visible += change;
    }
  }
}
