package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.codec.Codecs;
import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import dev.cets.replication.Version;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store and a map of lists, to which the same is done. Keys are known by numbers. */
abstract class StoreMachine<K, R> {
  static final int KEYS = 8;
  static final int ORIGINS = 4;

  /** A version, by the number of its origin. */
  record Stands(int origin, long stamp) {}

  private static final Comparator<Stands> LATEST_FIRST =
      Comparator.comparingLong(Stands::stamp).thenComparingInt(Stands::origin).reversed();

  final Map<Integer, List<Stands>> model = new TreeMap<>();
  private final SetStore<K, R> store;
  private final List<Origin> origins =
      IntStream.range(0, ORIGINS).mapToObj(i -> Origins.shown("n" + i, i)).toList();

  StoreMachine(SetStore<K, R> store) {
    this.store = store;
  }

  abstract K key(int number);

  abstract R record(int key, Stands version);

  /** What this type of store has in addition. */
  abstract void checkWalks();

  // ---- what is done

  void setOne(int key, Stands one) {
    model.put(key, List.of(one));
    K k = key(key);
    Origin origin = origins.get(one.origin());
    store.set(k, hash(key), store.versions(k), origin, one.stamp(), record(key, one));
  }

  void set(int key, List<Stands> live) {
    if (live.isEmpty()) {
      model.remove(key);
    } else {
      model.put(key, live.stream().sorted(LATEST_FIRST).toList());
    }
    store.set(key(key), hash(key), live.stream().map(one -> version(key, one)).toList());
  }

  void show(int origin, boolean shown) {
    store.show(origins.get(origin), shown);
  }

  private Version<R> version(int key, Stands one) {
    return new Version<>(origins.get(one.origin()), one.stamp(), record(key, one));
  }

  static long hash(int key) {
    return KeyHash.mix(key * 0x9E3779B97F4A7C15L + 1);
  }

  // ---- what is to be seen

  final @Nullable R visible(int key) {
    return model.getOrDefault(key, List.of()).stream()
        .filter(one -> origins.get(one.origin()).visible())
        .findFirst()
        .map(one -> record(key, one))
        .orElse(null);
  }

  /** The records of all keys that have one to be seen, by the numbers of the keys. */
  final Map<Integer, R> shown() {
    Map<Integer, R> shown = new TreeMap<>();
    for (int key : model.keySet()) {
      R record = visible(key);
      if (record != null) {
        shown.put(key, record);
      }
    }
    return shown;
  }

  void check() {
    Map<Integer, R> shown = shown();
    for (int key = 0; key < KEYS; key++) {
      assertThat(store.lookup(key(key))).as("lookup of %s", key).isEqualTo(visible(key));
      assertThat(versions(key))
          .as("versions of %s", key)
          .isEqualTo(model.getOrDefault(key, List.of()));
    }
    assertThat(store.size()).as("size").isEqualTo(shown.size());
    assertThat(store.hidden()).as("hidden").isEqualTo(model.size() - shown.size());
    assertThat(store.keys()).as("keys").isEqualTo(model.size());
    assertThat(store.stream()).as("stream").containsExactlyInAnyOrderElementsOf(shown.values());
    for (int i = 0; i < ORIGINS; i++) {
      int origin = i;
      long expected =
          model.values().stream()
              .filter(live -> live.size() == 1 && live.getFirst().origin() == origin)
              .count();
      assertThat(origins.get(i).records()).as("records of %s", i).isEqualTo((int) expected);
    }
    checkWalks();
  }

  private List<Stands> versions(int key) {
    LiveVersions<K, R> live = store.versions(key(key));
    List<Stands> found = new ArrayList<>();
    for (int i = 0; live != null && i < live.count(); i++) {
      Version<R> version = live.version(i);
      assertThat(version.record()).isNotNull();
      found.add(new Stands(origins.indexOf(version.origin()), version.stamp()));
    }
    return found;
  }

  /** The keys whose hashes are in this range, both ends included, as numbers without a sign. */
  void checkHashes(long from, long to) {
    List<K> expected =
        model.keySet().stream()
            .filter(key -> Long.compareUnsigned(hash(key), from) >= 0)
            .filter(key -> Long.compareUnsigned(hash(key), to) <= 0)
            .map(this::key)
            .toList();
    List<K> found = new ArrayList<>();
    store.forEachIn(from, to, live -> found.add(live.key()));
    assertThat(found).as("hashes from %x to %x", from, to).hasSameElementsAs(expected);
    assertThat(found).doesNotHaveDuplicates();
  }

  @Override
  public String toString() {
    return "the model holds "
        + model
        + ", hidden are "
        + origins.stream().filter(origin -> !origin.visible()).toList();
  }

  // ---- the three

  static StoreMachine<Integer, String> ofASet() {
    return new StoreMachine<>(new SetStore<Integer, String>()) {
      @Override
      Integer key(int number) {
        return number;
      }

      @Override
      String record(int key, Stands version) {
        return key + " by " + version;
      }

      @Override
      void checkWalks() {}
    };
  }

  static StoreMachine<Integer, String> ofAnOrderedSet() {
    return new OfAnOrderedSet(
        new OrderedStore<>(
            new KeyOrder<>(Comparator.<Integer>naturalOrder(), Codecs.key(Integer.class)),
            null,
            null));
  }

  private static final class OfAnOrderedSet extends StoreMachine<Integer, String> {
    private final OrderedStore<Integer, String> ordered;

    OfAnOrderedSet(OrderedStore<Integer, String> store) {
      super(store);
      ordered = store;
    }

    @Override
    Integer key(int number) {
      return number;
    }

    @Override
    String record(int key, Stands version) {
      return key + " by " + version;
    }

    private static @Nullable String value(Map.@Nullable Entry<Integer, String> entry) {
      return entry == null ? null : entry.getValue();
    }

    @Override
    void checkWalks() {
      TreeMap<Integer, String> shown = new TreeMap<>(shown());
      assertThat(ordered.stream()).containsExactlyElementsOf(shown.values());
      assertThat(ordered.descending()).containsExactlyElementsOf(shown.descendingMap().values());
      assertThat(ordered.first()).isEqualTo(value(shown.firstEntry()));
      assertThat(ordered.last()).isEqualTo(value(shown.lastEntry()));
      OrderedPart<Integer, String> part = ordered.part().sub(1, true, KEYS - 2, false);
      var shownPart = shown.subMap(1, true, KEYS - 2, false);
      assertThat(part.stream()).containsExactlyElementsOf(shownPart.values());
      assertThat(part.first()).isEqualTo(value(shownPart.firstEntry()));
      assertThat(part.last()).isEqualTo(value(shownPart.lastEntry()));
      for (int key = 0; key < KEYS; key++) {
        assertThat(ordered.next(key)).isEqualTo(value(shown.higherEntry(key)));
        assertThat(ordered.previous(key)).isEqualTo(value(shown.lowerEntry(key)));
        assertThat(part.lookup(key)).isEqualTo(shownPart.get(key));
      }
    }
  }

  static StoreMachine<Element<String, String>, Presence> ofABag() {
    return new OfABag(new BagStore<>());
  }

  /** The numbers are those of records; one half of them has one key, one half another. */
  private static final class OfABag extends StoreMachine<Element<String, String>, Presence> {
    private final BagStore<String, String> bag;

    OfABag(BagStore<String, String> store) {
      super(store);
      bag = store;
    }

    private static String keyOf(int number) {
      return number % 2 == 0 ? "even" : "odd";
    }

    @Override
    Element<String, String> key(int number) {
      return new Element<>(keyOf(number), "r" + number, hash(number), Codecs.element(String.class));
    }

    @Override
    Presence record(int key, Stands version) {
      return Presence.PRESENT;
    }

    @Override
    void checkWalks() {
      assertThat(bag.visible().map(Element::record))
          .containsExactlyInAnyOrderElementsOf(
              shown().keySet().stream().map(number -> "r" + number).toList());
      for (String key : List.of("even", "odd")) {
        Element<String, String> ofKey = new Element<>(key, null, 0, Codecs.element(String.class));
        assertThat(bag.visible(ofKey).map(Element::record))
            .containsExactlyInAnyOrderElementsOf(records(shown().keySet().stream(), key));
        assertThat(bag.held(ofKey).map(Element::record))
            .containsExactlyInAnyOrderElementsOf(records(model.keySet().stream(), key));
      }
    }

    private static List<String> records(Stream<Integer> numbers, String key) {
      return numbers.filter(number -> keyOf(number).equals(key)).map(n -> "r" + n).toList();
    }
  }
}
