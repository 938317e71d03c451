package dev.cets.replication;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a table keeps its live versions. All methods are called by the protocol's one thread;
 * readers look at the same store from theirs, and see each change of a key in one step.
 *
 * <p>Keys are also kept by the hash of their encoded form, in 2^bits buckets of equal ranges of
 * hashes (unsigned), each with a digest: the sum of a strong hash of every version in it. Equal
 * digests mean equal sets of versions.
 */
public interface VersionStore<K, R> {
  /** The live versions of a key, or null. */
  @Nullable LiveVersions<K, R> versions(K key);

  /** What the changes that follow are due to, until the next call. */
  void because(Cause cause);

  /**
   * From now on the key has this one version.
   *
   * @param before what {@link #versions} answers now
   */
  void set(
      K key, long hash, @Nullable LiveVersions<K, R> before, Origin origin, long stamp, R record);

  /** From now on the key has these versions; none: it is removed. */
  void set(K key, long hash, List<Version<R>> live);

  /** Shows or hides the records of an origin. */
  void show(Origin origin, boolean shown);

  /** How many keys have a record that is shown. */
  int size();

  /** How many keys there are, those with hidden versions included. Takes no time. */
  int keys();

  /** All keys, those with hidden versions included. */
  void forEach(Consumer<LiveVersions<K, R>> action);

  /**
   * All keys, in the order in which readers are shown them. Weakly consistent: the walk may go on
   * while keys change.
   */
  Iterator<LiveVersions<K, R>> walk();

  /**
   * What callers of {@code insertNew} compete for when they write this key: the key itself, unless
   * readers know several keys by one name. It may stand for these alone, and be no key itself.
   */
  K group(K key);

  /** The keys of a group that have live versions, as {@link #walk()} shows them. */
  Iterator<LiveVersions<K, R>> walk(K group);

  /** The keys whose hash is in this range, both ends included, compared unsigned. */
  void forEachIn(long from, long to, Consumer<LiveVersions<K, R>> action);

  /** There are 2 to the power of this many buckets. */
  int bits();

  /**
   * The digests of {@code count} buckets beginning with {@code first}, of a partition into 2^bits
   * buckets, where bits is at most {@link #bits}: two numbers each.
   */
  long[] digests(int bits, int first, int count);

  /** Every record goes, as when the table closes. */
  void clear();
}
