package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import dev.cets.replication.Version;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nodes compare of their stores, and the walks by hash that follow. */
class SetStoreDigestsTest {
  private final SetStore<Integer, String> store = new SetStore<>();

  private static long hash(int key) {
    return KeyHash.mix(key * 0x9E3779B97F4A7C15L + 1);
  }

  private static SetStore<Integer, String> filled(
      List<Integer> order, List<Integer> alsoForAWhile, Origin origin) {
    SetStore<Integer, String> filled = new SetStore<>();
    for (int key : alsoForAWhile) {
      filled.set(key, hash(key), filled.versions(key), origin, 99, "other");
    }
    for (int key : order) {
      filled.set(key, hash(key), filled.versions(key), origin, 1L + key % 7, "r");
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
    store.set(1, hash(1), store.versions(1), origin, 5, "r");
    store.set(2, hash(2), store.versions(2), origin, 6, "r");
    long[] before = all(store, 1);
    store.set(1, hash(1), store.versions(1), origin, 6, "r");
    store.set(2, hash(2), store.versions(2), origin, 5, "r");

    assertThat(all(store, 1)).isNotEqualTo(before);
  }

  @Test
  void digests_hiddenRecords_countedAllTheSame() {
    Origin origin = Origins.shown("a", 1);
    store.set(1, hash(1), store.versions(1), origin, 5, "r");
    long[] before = all(store, 8);

    store.show(origin, false);

    assertThat(all(store, 8)).isEqualTo(before);
  }

  @Test
  void digests_growthOverSeveralDoublings_foldToTheSame() {
    Origin origin = Origins.shown("a", 1);
    int count = 150_000;
    for (int key = 0; key < count; key++) {
      store.set(key, hash(key), store.versions(key), origin, 1L + key % 7, "r");
    }
    assertThat(store.bits()).isGreaterThanOrEqualTo(Buckets.MIN_BITS + 4);

    SetStore<Integer, String> small = new SetStore<>();
    for (int key = 0; key < count; key += 100) {
      small.set(key, hash(key), small.versions(key), origin, 1L + key % 7, "r");
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
      store.set(key, hash(key), store.versions(key), origin, 1, "r");
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
      store.set(key, hash(key), store.versions(key), origin, 1, "r");
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
      store.set(key, hash(key), store.versions(key), origin, 1, "r");
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
    store.set(1, hash(1), store.versions(1), origin, 1, "r");

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
