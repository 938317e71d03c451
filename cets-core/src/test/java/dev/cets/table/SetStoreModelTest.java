package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import dev.cets.replication.Version;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store against a map of lists. */
class SetStoreModelTest {
  private record Stands(Origin origin, long stamp, String record) {}

  private static final Comparator<Stands> LATEST_FIRST =
      Comparator.comparingLong(Stands::stamp)
          .thenComparing(stands -> stands.origin().incarnation())
          .reversed();

  private final SetStore<Integer, String> store = new SetStore<>();
  private final Map<Integer, List<Stands>> model = new TreeMap<>();
  private final List<Origin> origins = new ArrayList<>();

  private static long hash(int key) {
    return KeyHash.mix(key * 0x9E3779B97F4A7C15L + 1);
  }

  private void set(int key, List<Stands> live) {
    List<Stands> sorted = live.stream().sorted(LATEST_FIRST).toList();
    if (sorted.isEmpty()) {
      model.remove(key);
    } else {
      model.put(key, sorted);
    }
    List<Version<String>> versions = new ArrayList<>();
    live.forEach(one -> versions.add(new Version<>(one.origin(), one.stamp(), one.record())));
    store.set(key, hash(key), versions);
  }

  private void setOne(int key, Stands one) {
    model.put(key, List.of(one));
    store.set(key, hash(key), one.origin(), one.stamp(), one.record());
  }

  private @Nullable String visible(int key) {
    for (Stands one : model.getOrDefault(key, List.of())) {
      if (one.origin().visible()) {
        return one.record();
      }
    }
    return null;
  }

  private List<Stands> some(Random random) {
    Map<Origin, Stands> some = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      Origin origin = origins.get(random.nextInt(origins.size()));
      long stamp = 1L + random.nextInt(5);
      some.put(origin, new Stands(origin, stamp, "r" + origin + stamp));
    }
    return new ArrayList<>(some.values());
  }

  private void check(int keys, String when) {
    TreeSet<String> shown = new TreeSet<>();
    int count = 0;
    for (int key = 0; key < keys; key++) {
      String expected = visible(key);
      assertThat(store.lookup(key)).as("%s: lookup of %s", when, key).isEqualTo(expected);
      if (expected != null) {
        shown.add(expected + "/" + key);
        count++;
      }
      checkVersions(key, when);
    }
    assertThat(store.size()).as("%s: size", when).isEqualTo(count);
    assertThat(store.hidden()).as("%s: hidden", when).isEqualTo(model.size() - count);
    assertThat(store.stream().sorted().toList())
        .as("%s: stream", when)
        .isEqualTo(
            shown.stream().map(text -> text.substring(0, text.indexOf('/'))).sorted().toList());
    for (Origin origin : origins) {
      long alone =
          model.values().stream()
              .filter(live -> live.size() == 1 && live.get(0).origin() == origin)
              .count();
      assertThat(origin.records()).as("%s: records of %s", when, origin).isEqualTo((int) alone);
    }
  }

  private void checkVersions(int key, String when) {
    LiveVersions<Integer, String> live = store.versions(key);
    List<Stands> found = new ArrayList<>();
    for (int i = 0; live != null && i < live.count(); i++) {
      Version<String> version = live.version(i);
      found.add(
          new Stands(version.origin(), version.stamp(), Objects.requireNonNull(version.record())));
    }
    assertThat(found)
        .as("%s: versions of %s", when, key)
        .isEqualTo(model.getOrDefault(key, List.of()));
  }

  private void checkRange(Random random, String when) {
    long from = random.nextBoolean() ? random.nextLong() : hash(random.nextInt(50));
    long to = random.nextBoolean() ? random.nextLong() : hash(random.nextInt(50));
    Set<Integer> expected =
        model.keySet().stream()
            .filter(key -> Long.compareUnsigned(hash(key), from) >= 0)
            .filter(key -> Long.compareUnsigned(hash(key), to) <= 0)
            .collect(Collectors.toSet());
    List<Integer> found = new ArrayList<>();
    store.forEachIn(from, to, live -> found.add(live.key()));
    assertThat(found).as("%s: hashes from %x to %x", when, from, to).doesNotHaveDuplicates();
    assertThat(new HashSet<>(found)).as("%s: from %x to %x", when, from, to).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anything_randomSteps_sameAsTheModel(long seed) {
    Random random = new Random(seed);
    int keys = 50;
    for (int i = 0; i < 4; i++) {
      origins.add(Origins.shown("n" + i, i));
    }
    for (int step = 0; step < 3_000; step++) {
      String when = "seed " + seed + ", step " + step;
      int key = random.nextInt(keys);
      Origin origin = origins.get(random.nextInt(origins.size()));
      switch (random.nextInt(8)) {
        case 0 -> store.show(origin, random.nextBoolean());
        case 1, 2 -> set(key, some(random));
        case 3 -> set(key, List.of());
        default -> {
          long stamp = 1L + random.nextInt(5);
          setOne(key, new Stands(origin, stamp, "r" + origin + stamp));
        }
      }
      check(keys, when);
      checkRange(random, when);
    }
  }

  private static SetStore<Integer, String> filled(
      List<Integer> order, List<Integer> alsoForAWhile, Origin origin) {
    SetStore<Integer, String> filled = new SetStore<>();
    for (int key : alsoForAWhile) {
      filled.set(key, hash(key), origin, 99, "other");
    }
    for (int key : order) {
      filled.set(key, hash(key), origin, 1L + key % 7, "r");
    }
    for (int key : alsoForAWhile) {
      if (!order.contains(key)) {
        filled.set(key, hash(key), List.of());
      }
    }
    return filled;
  }

  private static long[] all(SetStore<?, ?> one, int bits) {
    return one.digests(bits, 0, 1 << bits);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void digests_sameVersionsInAnyOrder_equal(long seed) {
    Random random = new Random(seed);
    List<Integer> keys = new ArrayList<>(random.ints(500, 0, 10_000).distinct().boxed().toList());
    List<Integer> others = random.ints(200, 0, 10_000).boxed().toList();
    SetStore<Integer, String> one = filled(keys, others, Origins.shown("a", 1));
    Collections.shuffle(keys, random);
    SetStore<Integer, String> other = filled(keys, List.of(), Origins.shown("a", 1));

    assertThat(all(one, 8)).as("seed " + seed).isEqualTo(all(other, 8));
  }

  @Test
  void digests_anyOneThingDiffers_differInThatBucketOnly() {
    List<Integer> keys = new Random(4).ints(300, 0, 1_000).distinct().boxed().toList();
    SetStore<Integer, String> one = filled(keys, List.of(), Origins.shown("a", 1));
    Origin sameName = Origins.shown("a", 2);
    Origin sameStart = Origins.shown("b", 1);
    for (int key : keys) {
      long stamp = 1L + key % 7;
      List<List<Version<String>>> changes =
          List.of(
              List.of(),
              List.of(new Version<>(Origins.shown("a", 1), stamp + 1, "r")),
              List.of(new Version<>(sameName, stamp, "r")),
              List.of(new Version<>(sameStart, stamp, "r")),
              List.of(
                  new Version<>(Origins.shown("a", 1), stamp, "r"),
                  new Version<>(sameStart, stamp, "r")));
      for (List<Version<String>> change : changes) {
        SetStore<Integer, String> other = filled(keys, List.of(), Origins.shown("a", 1));
        other.set(key, hash(key), change);
        long[] before = all(one, 8);
        long[] after = all(other, 8);
        int bucket = (int) (hash(key) >>> 56);
        for (int i = 0; i < before.length; i++) {
          assertThat(before[i] != after[i])
              .as("%s: bucket %s", change, i / 2)
              .isEqualTo(i / 2 == bucket);
        }
      }
    }
  }

  @Test
  void digests_versionsOfTwoKeysExchanged_differ() {
    Origin origin = Origins.shown("a", 1);
    store.set(1, hash(1), origin, 5, "r");
    store.set(2, hash(2), origin, 6, "r");
    long[] before = all(store, 1);
    store.set(1, hash(1), origin, 6, "r");
    store.set(2, hash(2), origin, 5, "r");

    assertThat(all(store, 1)).isNotEqualTo(before);
  }

  @Test
  void digests_hiddenRecords_countedAllTheSame() {
    Origin origin = Origins.shown("a", 1);
    store.set(1, hash(1), origin, 5, "r");
    long[] before = all(store, 8);

    store.show(origin, false);

    assertThat(all(store, 8)).isEqualTo(before);
  }

  @Test
  void digests_growthOverSeveralDoublings_foldToTheSame() {
    Origin origin = Origins.shown("a", 1);
    int count = 150_000;
    for (int key = 0; key < count; key++) {
      store.set(key, hash(key), origin, 1L + key % 7, "r");
    }
    assertThat(store.bits()).isGreaterThanOrEqualTo(Buckets.MIN_BITS + 4);

    SetStore<Integer, String> small = new SetStore<>();
    for (int key = 0; key < count; key += 100) {
      small.set(key, hash(key), origin, 1L + key % 7, "r");
    }
    for (int key = 0; key < count; key++) {
      if (key % 100 != 0) {
        store.set(key, hash(key), List.of());
      }
    }
    assertThat(store.bits()).isGreaterThan(small.bits());
    for (int bits = 1; bits <= small.bits(); bits++) {
      assertThat(all(store, bits)).as("folded to %s bits", bits).isEqualTo(all(small, bits));
    }
    assertThat(store.size()).isEqualTo(count / 100);
  }

  @Test
  void digests_aPartOfTheBuckets_theSameNumbers() {
    Origin origin = Origins.shown("a", 1);
    for (int key = 0; key < 1_000; key++) {
      store.set(key, hash(key), origin, 1, "r");
    }
    long[] whole = all(store, 7);
    for (int first = 0; first < 128; first += 8) {
      long[] part = store.digests(7, first, 8);
      for (int i = 0; i < part.length; i++) {
        assertThat(part[i]).as("bucket %s", first + i / 2).isEqualTo(whole[2 * first + i]);
      }
    }
  }

  @Test
  void forEachIn_growthOverSeveralDoublings_everyKeyOnce() {
    Origin origin = Origins.shown("a", 1);
    int count = 70_000;
    for (int key = 0; key < count; key++) {
      store.set(key, hash(key), origin, 1, "r");
    }
    boolean[] seen = new boolean[count];
    long step = 1L << 58;
    for (long part = 0; part < 64; part++) {
      store.forEachIn(
          part * step,
          part * step + step - 1,
          live -> {
            assertThat(seen[live.key()]).as("key %s twice", live.key()).isFalse();
            seen[live.key()] = true;
          });
    }
    for (int key = 0; key < count; key++) {
      assertThat(seen[key]).as("key %s", key).isTrue();
    }
  }

  @Test
  void forEachIn_wholeRangeAndNoRange_allAndNone() {
    Origin origin = Origins.shown("a", 1);
    for (int key = 0; key < 100; key++) {
      store.set(key, hash(key), origin, 1, "r");
    }
    List<Integer> found = new ArrayList<>();
    store.forEachIn(0, -1, live -> found.add(live.key()));
    assertThat(found).hasSize(100);
    found.clear();
    store.forEachIn(-1, 0, live -> found.add(live.key()));
    assertThat(found).isEmpty();
  }

  @Test
  void clear_filled_nothingIsLeft() {
    Origin origin = Origins.shown("a", 1);
    store.set(1, hash(1), origin, 1, "r");

    store.clear();

    assertThat(store.size()).isZero();
    assertThat(store.hidden()).isZero();
    assertThat(store.lookup(1)).isNull();
    assertThat(store.stream()).isEmpty();
    List<Integer> found = new ArrayList<>();
    store.forEachIn(0, -1, live -> found.add(live.key()));
    assertThat(found).isEmpty();
  }
}
