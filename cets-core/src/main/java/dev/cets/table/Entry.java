package dev.cets.table;

import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Version;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index holds for a key: the latest version is the entry itself, so that the usual key
 * with one version costs one object. In an index it is that key's until it is removed, or another
 * one is put in its place.
 */
class Entry<K, R> extends Version<R> implements LiveVersions<K, R> {
  private static final VarHandle KEY = keyHandle();

  @SuppressWarnings("UnusedVariable") // read by its handle
  private K key;

  private final long hash;

  Entry(K key, long hash, Origin origin, long stamp, @Nullable R record) {
    super(origin, stamp, record);
    this.key = key;
    this.hash = hash;
  }

  static <K, R> Entry<K, R> of(
      K key,
      long hash,
      List<Version<R>> latestFirst,
      @Nullable Resolving<K, R> resolving,
      @Nullable Entry<K, R> before) {
    Version<R> latest = latestFirst.getFirst();
    return latestFirst.size() == 1
        ? new Entry<>(key, hash, latest.origin(), latest.stamp(), latest.record())
        : new Conflict<>(key, hash, latestFirst, resolving, before);
  }

  private static VarHandle keyHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Entry.class, "key", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Holds no more than a record of this origin. */
  boolean isOnly(Origin origin) {
    return origin() == origin && !isBare();
  }

  /**
   * Holds another record of the same origin from now on.
   *
   * @param sameKey equal to its key; in the record, if it can be, so that the old one can go
   */
  final void overwrite(K sameKey, long newStamp, R newRecord) {
    KEY.setRelease(this, sameKey);
    overwrite(newStamp, newRecord);
  }

  @Override
  @SuppressWarnings("unchecked")
  public final K key() {
    return (K) KEY.getAcquire(this);
  }

  @Override
  public final long hash() {
    return hash;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public Version<R> version(int index) {
    return this;
  }

  /** The latest version whose owner is shown. */
  @Override
  public @Nullable R visible() {
    return shown();
  }

  /** What readers see, and of which version it is; null: nothing. */
  final @Nullable Seen<R> seen() {
    return seen(null);
  }

  /** What they saw before the records of this origin were shown, or hidden, just now. */
  final @Nullable Seen<R> seenBefore(Origin changed) {
    return seen(changed);
  }

  /** Null: as it is now. */
  @Nullable Seen<R> seen(@Nullable Origin changed) {
    return wasShown(this, changed) ? Seen.of(this) : null;
  }

  static boolean wasShown(Version<?> version, @Nullable Origin changed) {
    return !version.isBare() && version.origin().visible() != (version.origin() == changed);
  }

  /** Is a version of this origin? */
  boolean isOf(Origin origin) {
    return origin() == origin;
  }

  /** Do readers see a record of this key? */
  boolean isVisible() {
    return shown() != null;
  }

  /** A key with several live versions. */
  private static final class Conflict<K, R> extends Entry<K, R> {
    private final List<Version<R>> latestFirst;
    private final @Nullable Resolving<K, R> resolving;
    private volatile @Nullable Resolved<R> resolved;

    /** What the application's resolver made of the versions that were shown then, and before. */
    private record Resolved<R>(List<Version<R>> of, R record, @Nullable Resolved<R> before) {
      Resolved<R> alone() {
        return new Resolved<>(of, record, null);
      }
    }

    Conflict(
        K key,
        long hash,
        List<Version<R>> latestFirst,
        @Nullable Resolving<K, R> resolving,
        @Nullable Entry<K, R> before) {
      super(
          key,
          hash,
          latestFirst.getFirst().origin(),
          latestFirst.getFirst().stamp(),
          latestFirst.getFirst().record());
      this.latestFirst = List.copyOf(latestFirst);
      this.resolving = resolving;
      this.resolved = before instanceof Conflict<K, R> conflict ? inherited(conflict) : null;
    }

    /** The latest answer for versions that are all here still; no version goes with it. */
    private @Nullable Resolved<R> inherited(Conflict<K, R> before) {
      Resolved<R> known = before.resolved;
      while (known != null && !latestFirst.containsAll(known.of())) {
        known = known.before();
      }
      return known == null ? null : known.alone();
    }

    @Override
    public int count() {
      return latestFirst.size();
    }

    @Override
    public Version<R> version(int index) {
      return latestFirst.get(index);
    }

    @Override
    boolean isOnly(Origin origin) {
      return false;
    }

    @Override
    boolean isOf(Origin origin) {
      return latestFirst.stream().anyMatch(version -> version.origin() == origin);
    }

    @Override
    public @Nullable R visible() {
      Seen<R> seen = seen();
      return seen == null ? null : seen.record();
    }

    @Override
    boolean isVisible() {
      for (Version<R> version : latestFirst) {
        if (version.shown() != null) {
          return true;
        }
      }
      return false;
    }

    @Override
    @Nullable Seen<R> seen(@Nullable Origin changed) {
      List<Version<R>> shown = new ArrayList<>(latestFirst.size());
      for (Version<R> version : latestFirst) {
        if (wasShown(version, changed)) {
          shown.add(version);
        }
      }
      if (shown.isEmpty()) {
        return null;
      }
      return resolving == null || shown.size() == 1
          ? Seen.of(shown.getFirst())
          : seen(resolved(resolving, shown), shown);
    }

    @SuppressWarnings("ReferenceEquality") // a record that equals a chosen one may be a made one
    private Seen<R> seen(R record, List<Version<R>> shown) {
      for (Version<R> version : shown) {
        if (version.record() == record) {
          return Seen.of(version);
        }
      }
      return new Seen<>(record, null);
    }

    private R resolved(Resolving<K, R> by, List<Version<R>> shown) {
      Resolved<R> known = known(shown);
      return known != null ? known.record() : resolve(by, shown);
    }

    private @Nullable Resolved<R> known(List<Version<R>> shown) {
      Resolved<R> known = resolved;
      while (known != null && !known.of().equals(shown)) {
        known = known.before();
      }
      return known;
    }

    /** Once for each set of versions, whoever comes first. */
    private synchronized R resolve(Resolving<K, R> by, List<Version<R>> shown) {
      Resolved<R> known = known(shown);
      if (known == null) {
        Resolved<R> before = resolved;
        R record = by.resolve(key(), shown);
        known = new Resolved<>(shown, record, before == null ? null : before.alone());
        resolved = known;
      }
      return known.record();
    }
  }
}
