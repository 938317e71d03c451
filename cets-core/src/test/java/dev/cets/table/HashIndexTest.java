package dev.cets.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.replication.Origin;
import dev.cets.replication.Origins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Against a map of the JDK; and what readers and walks meet while one thread writes. */
class HashIndexTest {
  private static final int STEPS = 40_000;
  private static final int MANY = 20_000;
  private static final Origin A = Origins.shown("a", 1);

  private final EntryIndex<Object, String> index = new HashIndex<>(1);
  private long stamp;

  /** Many have the same hash; they can be compared, as a crowd of keys must be to be found fast. */
  private record Key(int number, int hash) implements Comparable<Key> {
    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public int compareTo(Key other) {
      return Integer.compare(number, other.number);
    }
  }

  private Entry<Object, String> entry(Object key) {
    return new Entry<>(key, key.hashCode(), A, ++stamp, "of " + key);
  }

  private void put(Object... keys) {
    for (Object key : keys) {
      index.put(entry(key));
    }
  }

  private static Object key(Random random, int keys) {
    int number = random.nextInt(keys);
    return switch (number % 3) {
      case 0 -> new Key(number, 7);
      case 1 -> new Key(number, number % 50);
      default -> "key-" + number;
    };
  }

  private void walk(Random random, int keys) {
    Map<Object, Entry<Object, String>> model = new HashMap<>();
    for (int step = 0; step < STEPS; step++) {
      Object key = key(random, keys);
      boolean grows = step / (STEPS / 4) % 2 == 0; // then it shrinks
      if (random.nextInt(4) == 0 == grows) {
        assertThat(index.remove(key)).isSameAs(model.remove(key));
      } else {
        Entry<Object, String> entry = entry(key);
        assertThat(index.put(entry)).isSameAs(model.put(key, entry));
      }
      assertThat(index.get(key)).isSameAs(model.get(key));
      Object other = key(random, keys);
      assertThat(index.get(other)).isSameAs(model.get(other));
      assertThat(index.size()).isEqualTo(model.size());
    }
    assertThat(index.stream()).containsExactlyInAnyOrderElementsOf(model.values());
  }

  @Test
  void anyCall_fewKeys_asOnAMap() {
    walk(new Random(1), 200);
  }

  @Test
  void anyCall_manyKeys_asOnAMap() {
    walk(new Random(2), MANY);
  }

  @Test
  void put_moreKeysOfOneHashThanItSearches_allAreFoundAndRemoved() {
    int many = 10 * HashIndex.MAX_OF_ONE_HASH;
    for (int i = 0; i < many; i++) {
      put(new Key(i, 1));
    }
    for (int i = 0; i < many; i++) {
      Entry<Object, String> found = index.get(new Key(i, 1));
      assertThat(found).isNotNull();
      assertThat(index.remove(new Key(i, 1))).isSameAs(found);
      assertThat(index.get(new Key(i, 1))).isNull();
    }
    assertThat(index.size()).isZero();
    assertThat(index).isEmpty();
  }

  @Test
  void get_absentKeyOfACrowdedHash_null() {
    for (int i = 0; i <= HashIndex.MAX_OF_ONE_HASH; i++) {
      put(new Key(i, 1));
    }
    assertThat(index.get(new Key(-1, 1))).isNull();
    assertThat(index.remove(new Key(-1, 1))).isNull();
  }

  @Test
  void putAndRemove_newKeysForEver_nothingIsLost() {
    put("stays");
    for (int i = 0; i < STEPS; i++) {
      put("key-" + i);
      assertThat(index.remove("key-" + (i - 20)) == null).isEqualTo(i < 20);
      assertThat(index.get("stays")).isNotNull();
    }
    assertThat(index.size()).isEqualTo(21);
  }

  @Test
  void clear_keys_gone() {
    put("a", "b", new Key(1, 1));
    index.clear();
    assertThat(index).isEmpty();
    assertThat(index.size()).isZero();
    assertThat(index.get("a")).isNull();
  }

  // ---- walks while it changes

  @Test
  void walk_tableIsMadeAnewMeanwhile_meetsEachKeyThatStaysOnceAndAsItIsNow() {
    for (int i = 0; i < 100; i++) {
      put("key-" + i, "gone-" + i);
    }
    Iterator<Entry<Object, String>> walk = index.iterator();
    List<Entry<Object, String>> met = new ArrayList<>(List.of(walk.next()));
    for (int i = 0; i < 1000; i++) {
      put("more-" + i);
    }
    Set<Object> already = new HashSet<>(Set.of(met.getFirst().key()));
    for (int i = 0; i < 100; i++) {
      index.remove("gone-" + i);
      put("key-" + i);
    }
    walk.forEachRemaining(met::add);

    for (Entry<Object, String> entry : met.subList(1, met.size())) {
      assertThat(already.add(entry.key())).as("%s met once", entry.key()).isTrue();
      assertThat(index.get(entry.key())).isSameAs(entry);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(already).contains("key-" + i);
    }
  }

  @Test
  void walk_end_hasNoNext() {
    put("a");
    Iterator<Entry<Object, String>> walk = index.iterator();
    assertThat(walk.next().key()).isEqualTo("a");
    assertThat(walk.hasNext()).isFalse();
    assertThatThrownBy(walk::next).isInstanceOf(NoSuchElementException.class);
  }

  // ---- readers

  @Test
  void get_whileAnotherThreadWrites_aKeyThatStaysIsAlwaysFound() throws InterruptedException {
    List<Object> staying = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      staying.add("stays-" + i);
      staying.add(new Key(i, 3)); // most of them in the crowd
    }
    put(staying.toArray());
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<String> missed = new AtomicReference<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!done.get()) {
                    for (Object key : staying) {
                      Entry<Object, String> found = index.get(key);
                      if (found == null || !key.equals(found.key())) {
                        missed.set(key + ": " + found);
                      }
                    }
                  }
                });
    Random random = new Random(3);
    for (int step = 0; step < STEPS; step++) {
      put(staying.get(random.nextInt(staying.size())), "key-" + random.nextInt(2_000));
      index.remove("key-" + random.nextInt(2_000));
      index.remove(new Key(1_000 + random.nextInt(5), 3));
      put(new Key(1_000 + random.nextInt(5), 3));
      if (step % 10_000 == 0) { // so that it grows again
        for (int i = 0; i < 2_000; i++) {
          index.remove("key-" + i);
        }
      }
    }
    done.set(true);
    reader.join();

    assertThat(missed).hasValue(null);
  }
}
