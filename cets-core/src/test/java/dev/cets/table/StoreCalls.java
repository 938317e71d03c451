package dev.cets.table;

import dev.cets.codec.Codecs;
import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import dev.cets.replication.Version;
import dev.cets.spi.Codec;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the one writer of a store does to it, and what readers ask of it, as calls with names for
 * {@link Interleavings}. Records say whose they are and when they were written: no two are alike.
 */
public abstract class StoreCalls<K, R> {
  private static final int SEED = 7;

  private final Origin a = Origins.shown("a", 1);
  private final Origin b = Origins.shown("b", 2);
  private final SetStore<K, R> store;
  private long stamp;

  /** Keys have the same places each time, or no interleaving could be played again. */
  private static <K, R> SetStore<K, R> anEmptySet(@Nullable Resolving<K, R> resolving) {
    return new SetStore<>(new HashIndex<>(SEED), null, resolving);
  }

  StoreCalls(SetStore<K, R> store) {
    this.store = store;
  }

  abstract K key(int number);

  abstract R record(String origin, long number);

  private Version<R> version(Origin origin) {
    stamp++;
    return new Version<>(origin, stamp, record(nameOf(origin), stamp));
  }

  private void put(int key, Origin origin) {
    stamp++;
    K k = key(key);
    store.set(k, key, store.versions(k), origin, stamp, record(nameOf(origin), stamp));
  }

  private String nameOf(Origin origin) {
    return origin == a ? "a" : "b";
  }

  // ---- the writer's

  /** The record of a key becomes one of a. */
  public void putA(int key) {
    put(key, a);
  }

  /** The record of a key becomes one of b. */
  public void putB(int key) {
    put(key, b);
  }

  /** Two versions that do not know of each other; that of b is the later one. */
  public void putBoth(int key) {
    store.set(key(key), key, List.of(version(a), version(b)));
  }

  /** The key is gone. */
  public void remove(int key) {
    store.set(key(key), key, List.of());
  }

  /** The records of a are hidden. */
  public void hideA() {
    store.show(a, false);
  }

  /** The records of a are shown. */
  public void showA() {
    store.show(a, true);
  }

  /** The records of b are hidden. */
  public void hideB() {
    store.show(b, false);
  }

  /** The records of b are shown. */
  public void showB() {
    store.show(b, true);
  }

  // ---- the readers'

  /** The record of a key. */
  public @Nullable String lookup(int key) {
    R record = store.lookup(key(key));
    return record == null ? null : record.toString();
  }

  /** How many records are shown. */
  public int size() {
    return store.size();
  }

  /** Is any record met on a walk over all? */
  public boolean streams() {
    return store.stream().findAny().isPresent();
  }

  /** Of a set. */
  public static class OfSet extends StoreCalls<Integer, String> {
    /** An empty one. */
    public OfSet() {
      this(anEmptySet(null));
    }

    OfSet(SetStore<Integer, String> store) {
      super(store);
    }

    @Override
    Integer key(int number) {
      return number;
    }

    @Override
    String record(String origin, long number) {
      return origin + number;
    }
  }

  /** A key of which all have one hash: each search goes past those of the others. */
  private record SameHash(int number) {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  /** Of a set whose keys all have one hash, so that in the index one stands behind the other. */
  public static class OfCrowdedSet extends StoreCalls<Object, String> {
    /** An empty one. */
    public OfCrowdedSet() {
      super(anEmptySet(null));
    }

    @Override
    Object key(int number) {
      return new SameHash(number);
    }

    @Override
    String record(String origin, long number) {
      return origin + number;
    }
  }

  /** Of a set with a resolver that makes another record each time that it is asked. */
  public static class OfResolvedSet extends OfSet {
    private static final class Counting {
      private int asked;

      String resolve(List<String> records) {
        asked++;
        return records + " resolved " + asked;
      }
    }

    /** An empty one. */
    public OfResolvedSet() {
      this(new Counting());
    }

    private OfResolvedSet(Counting resolver) {
      super(anEmptySet(new Resolving<>(resolver::resolve, any -> 1, (key, problem) -> {})));
    }
  }

  /** Of an ordered set. */
  public static class OfOrderedSet extends OfSet {
    private static final Codec<Integer> KEYS = Codecs.key(Integer.class);

    private final OrderedStore<Integer, String> ordered;

    /** An empty one. */
    public OfOrderedSet() {
      this(
          new OrderedStore<>(new KeyOrder<>(Comparator.<Integer>naturalOrder(), KEYS), null, null));
    }

    private OfOrderedSet(OrderedStore<Integer, String> store) {
      super(store);
      ordered = store;
    }

    /** Is any record met from either end, behind a key, in a range? */
    public boolean neighbours() {
      return ordered.first() != null
          && ordered.last() != null
          && ordered.next(0) != null
          && ordered.range(0, 9).findAny().isPresent();
    }

    /** Is any record met in a part, by its key too, if the key is 1? */
    public boolean part() {
      OrderedPart<Integer, String> part = ordered.part().head(9, true);
      return part.lookup(1) != null && part.first() != null && part.stream().findAny().isPresent();
    }
  }

  /** Of a bag; a key's number is that of its record here, and all have one key. */
  public static class OfBag extends StoreCalls<Element<String, String>, Presence> {
    private static final Codec<String> TEXT = Codecs.element(String.class);

    private final BagStore<String, String> bag;

    /** An empty one. */
    public OfBag() {
      this(new BagStore<>());
    }

    private OfBag(BagStore<String, String> store) {
      super(store);
      bag = store;
    }

    @Override
    Element<String, String> key(int number) {
      return new Element<>("key", "record" + number, number, TEXT);
    }

    @Override
    Presence record(String origin, long number) {
      return Presence.PRESENT;
    }

    @Override
    public boolean streams() {
      return bag.visible().findAny().isPresent();
    }

    /** Is any record of the key met? */
    public boolean ofTheKey() {
      return bag.visible(new Element<>("key", null, 0, TEXT)).findAny().isPresent();
    }
  }

  /** Of a set whose replacements are what they must not be: a remove and a put. */
  public static class OfRemovingSet extends OfSet {
    /** An empty one. */
    public OfRemovingSet() {
      super(
          new SetStore<>(new HashIndex<>(SEED), null, null) {
            @Override
            public void set(
                Integer key,
                long hash,
                @Nullable LiveVersions<Integer, String> before,
                Origin origin,
                long stamp,
                String record) {
              super.set(key, hash, List.of());
              super.set(key, hash, null, origin, stamp, record);
            }
          });
    }
  }
}
