package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalsTest {
  private static final int STAMPS = 60;

  private static void check(Intervals intervals, Set<Long> model, String when) {
    long unbroken = 0;
    while (model.contains(unbroken + 1)) {
      unbroken++;
    }
    long last = model.stream().mapToLong(Long::longValue).max().orElse(0);
    for (long stamp = 0; stamp <= STAMPS + 1; stamp++) {
      assertThat(intervals.has(stamp))
          .as("%s: has %s", when, stamp)
          .isEqualTo(model.contains(stamp));
    }
    assertThat(intervals.unbroken()).as(when).isEqualTo(unbroken);
    assertThat(intervals.last()).as(when).isEqualTo(last);
    assertThat(intervals.isEmpty()).as(when).isEqualTo(model.isEmpty());
    for (int piece = 1; piece < intervals.pieces(); piece++) {
      assertThat(intervals.from(piece)).as(when).isGreaterThan(intervals.to(piece - 1));
    }
  }

  private static void add(Set<Long> model, long from, long to) {
    for (long stamp = from + 1; stamp <= to; stamp++) {
      model.add(stamp);
    }
  }

  private static Intervals of(Set<Long> model, Random random) {
    Intervals intervals = new Intervals();
    List<Long> stamps = new ArrayList<>(model);
    Collections.shuffle(stamps, random);
    stamps.forEach(stamp -> intervals.add(stamp - 1, stamp));
    return intervals;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void add_randomPieces_sameAsASetOfStamps(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Intervals intervals = new Intervals();
      Set<Long> model = new HashSet<>();
      for (int i = 0; i < 25; i++) {
        long from = random.nextInt(STAMPS);
        long to = from + 1 + random.nextInt((int) Math.min(8, STAMPS - from));
        intervals.add(from, to);
        add(model, from, to);
        check(intervals, model, "seed " + seed + ", round " + round + ", piece " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7, 8})
  void addAll_randomPieces_union(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      String when = "seed " + seed + ", round " + round;
      Intervals one = new Intervals();
      Intervals other = new Intervals();
      Set<Long> model = new HashSet<>();
      for (int i = 0; i < 10; i++) {
        long from = random.nextInt(STAMPS);
        long to = from + 1 + random.nextInt((int) Math.min(8, STAMPS - from));
        (random.nextBoolean() ? one : other).add(from, to);
        add(model, from, to);
      }
      Intervals before = other.copy();
      one.addAll(other);
      check(one, model, when);
      assertThat(other).as(when).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {9, 10, 11})
  void equals_sameStampsInAnyOrder_equalWithEqualHash(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      Set<Long> model = new HashSet<>();
      for (int i = 0; i < 20; i++) {
        model.add(1L + random.nextInt(30));
      }
      Intervals once = of(model, random);
      Intervals twice = of(model, random);
      twice.addAll(once.copy());
      assertThat(twice).as("seed " + seed).isEqualTo(once).hasSameHashCodeAs(once);
      twice.add(40, 41);
      assertThat(twice).as("seed " + seed).isNotEqualTo(once);
    }
  }
}
