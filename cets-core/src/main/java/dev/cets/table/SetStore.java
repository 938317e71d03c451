package dev.cets.table;

import dev.cets.replication.Cause;
import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Version;
import dev.cets.replication.VersionStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The store of a set table. Readers look into a concurrent map and at one flag of the record's
 * owner; the protocol's thread alone writes. Stores of other types differ in their map, and in what
 * can be asked of it.
 */
public class SetStore<K, R> implements VersionStore<K, R> {
  private static final Comparator<Version<?>> LATEST_FIRST =
      Comparator.<Version<?>>comparingLong(Version::stamp)
          .thenComparing(version -> version.origin().incarnation())
          .reversed();

  private final ConcurrentMap<K, Entry<K, R>> entries;
  private final @Nullable Resolving<K, R> resolving;
  private final Buckets<K, R> buckets = new Buckets<>();
  private final Set<Entry<K, R>> conflicts = new HashSet<>();
  private volatile int visible;
  private @Nullable ChangeSink<K, R> sink;
  private Cause cause = Cause.LOCAL;

  /** Whom to tell of what changes for readers; before the first change. */
  void tells(ChangeSink<K, R> told) {
    sink = told;
  }

  /** An empty store; the latest version of a key is the one to be seen. */
  public SetStore() {
    this(null);
  }

  /** An empty store; null: the latest version of a key is the one to be seen. */
  public SetStore(@Nullable Resolving<K, R> resolving) {
    this(new ConcurrentHashMap<>(), resolving);
  }

  SetStore(ConcurrentMap<K, Entry<K, R>> entries, @Nullable Resolving<K, R> resolving) {
    this.entries = entries;
    this.resolving = resolving;
  }

  // ---- what readers see

  /** The record of a key, if its owner is shown. */
  public @Nullable R lookup(K key) {
    Entry<K, R> entry = entries.get(key);
    return entry == null ? null : entry.visible();
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
    return entries.values().stream().map(Entry::visible).filter(Objects::nonNull);
  }

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
  public void set(K key, long hash, Origin origin, long stamp, R record) {
    replace(key, new Entry<>(key, hash, origin, stamp, record));
  }

  @Override
  public void set(K key, long hash, List<Version<R>> live) {
    if (live.isEmpty()) {
      replace(key, null);
    } else {
      List<Version<R>> sorted = new ArrayList<>(live);
      if (resolving == null || resolving.inStampOrder()) {
        sorted.sort(LATEST_FIRST);
      }
      replace(key, Entry.of(key, hash, sorted, resolving, entries.get(key)));
    }
  }

  @Override
  public void show(Origin origin, boolean shown) {
    if (origin.visible() == shown) {
      return;
    }
    int before = visibleConflicts();
    origin.visible(shown);
    addVisible(visibleConflicts() - before + (shown ? origin.records() : -origin.records()));
    ChangeSink<K, R> told = sink;
    if (told != null && told.wanted()) {
      Changes.tellShown(entries.values(), origin, shown, told);
    }
  }

  @Override
  public void forEach(Consumer<LiveVersions<K, R>> action) {
    entries.values().forEach(action);
  }

  @Override
  public Iterator<LiveVersions<K, R>> walk() {
    return Collections.<LiveVersions<K, R>>unmodifiableCollection(entries.values()).iterator();
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
    entries.values().forEach(entry -> count(entry, -1));
    entries.clear();
    buckets.clear();
    visible = 0;
  }

  private void replace(K key, @Nullable Entry<K, R> entry) {
    Entry<K, R> old = entry == null ? entries.remove(key) : entries.put(key, entry);
    int change = 0;
    if (old != null) {
      buckets.remove(old);
      change -= count(old, -1);
    }
    if (entry != null) {
      buckets.add(entry);
      change += count(entry, 1);
    }
    addVisible(change);
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
  private void addVisible(int change) {
    if (change != 0) {
      visible += change;
    }
  }
}
