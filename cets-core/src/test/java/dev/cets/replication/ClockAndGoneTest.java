package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClockAndGoneTest {
  private final HybridClock clock = new HybridClock();
  private final Gone gone = new Gone();

  @Test
  void next_wallStandsStillOrJumpsBack_grows() {
    Random random = new Random(1);
    long last = 0;
    for (int i = 0; i < 100_000; i++) {
      if (random.nextInt(10) == 0) {
        clock.wall(1_000 + random.nextInt(10));
      }
      long shown = random.nextInt(10) == 0 ? last + random.nextInt(5) : 0;
      clock.shown(shown);
      long next = clock.next();
      assertThat(next).isGreaterThan(last).isGreaterThan(shown);
      last = next;
    }
  }

  @Test
  void next_wallMovesOn_followsTheWall() {
    clock.wall(5);
    assertThat(clock.next()).isEqualTo(5 << 16);
    assertThat(clock.next()).isEqualTo((5 << 16) + 1);
    clock.wall(6);
    assertThat(clock.next()).isEqualTo(6 << 16);
  }

  @Test
  void next_afterTheLastStampThereIs_neverGoesBack() {
    clock.wall(5);
    long before = clock.next();
    clock.shown(Long.MAX_VALUE);

    assertThat(clock.next()).isGreaterThan(before);
  }

  @Test
  void start_anyChance_beyondTheOther() {
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      long beyond = random.nextLong(1L << 50);
      long start = HybridClock.start(random.nextLong(1L << 34), random.nextLong(), beyond);
      assertThat(start).isGreaterThan(beyond);
    }
  }

  @Test
  void start_beyondTheLastThereIs_positive() {
    assertThat(HybridClock.start(5, 7, Long.MAX_VALUE)).isPositive();
  }

  @Test
  void merge_lowerStart_noNews() {
    assertThat(gone.merge(Map.of("a", 5L))).isTrue();
    assertThat(gone.merge(Map.of("a", 5L))).isFalse();
    assertThat(gone.merge(Map.of("a", 4L))).isFalse();
    assertThat(gone.merge(Map.of("a", 4L, "b", 0L))).isTrue();
    assertThat(gone.snapshot()).isEqualTo(Map.of("a", 5L, "b", 0L));
  }

  @Test
  void has_startUpToTheLast_gone() {
    gone.merge(Map.of("a", 5L));

    assertThat(gone.has(new Incarnation("a", 5))).isTrue();
    assertThat(gone.has(new Incarnation("a", 1))).isTrue();
    assertThat(gone.has(new Incarnation("a", 6))).isFalse();
    assertThat(gone.has(new Incarnation("b", 1))).isFalse();
    assertThat(gone.lastStart("b")).isEqualTo(-1);
  }

  @Test
  void snapshot_laterMerge_doesNotShow() {
    gone.merge(Map.of("a", 5L));
    Map<String, Long> before = gone.snapshot();

    gone.merge(Map.of("a", 9L));

    assertThat(before).isEqualTo(Map.of("a", 5L));
  }
}
