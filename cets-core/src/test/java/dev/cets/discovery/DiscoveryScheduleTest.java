package dev.cets.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.cets.discovery.DiscoverySchedule.Phase;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DiscoveryScheduleTest {
  /** A clock that has just passed its highest number soon after the start. */
  private static final long START = Long.MAX_VALUE - seconds(7);

  private static final Duration LONG = Duration.ofHours(1);

  private final DiscoverySchedule schedule = newSchedule(LONG);
  private long now = START;

  private static DiscoverySchedule newSchedule(Duration longestInterval) {
    return new DiscoverySchedule(DiscoveryIntervals.DEFAULTS, longestInterval, START);
  }

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private void pass(long seconds) {
    now += seconds(seconds);
  }

  private void ask() {
    assertThat(schedule.begin(now)).isTrue();
    schedule.answered(now);
  }

  private void meetAPeer() {
    ask();
    schedule.peerMet(now);
    ask();
  }

  private void assertNextIn(long seconds, Phase phase) {
    assertThat(schedule.delayNanos(now)).isEqualTo(seconds(seconds));
    assertThat(schedule.nextDueNanos()).isEqualTo(now + seconds(seconds));
    assertThat(schedule.phase()).isEqualTo(phase);
    if (seconds > 0) {
      assertThat(schedule.begin(now)).isFalse();
      assertThat(schedule.begin(now + seconds(seconds) - 1)).isFalse();
    }
  }

  @Test
  void newSchedule_firstQuestion_dueAtOnce() {
    assertNextIn(0, Phase.SEARCHING);
    assertThat(schedule.begin(now)).isTrue();
  }

  @Test
  void answered_noPeerYet_everyFiveSecondsForFiveMinutes() {
    for (int i = 0; i < 60; i++) {
      ask();
      assertNextIn(5, Phase.SEARCHING);
      pass(5);
    }
    ask();
    assertNextIn(300, Phase.REGULAR);
    pass(300);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerMet_whileSearching_askedAtOnceThenRegular() {
    ask();
    pass(2);
    schedule.peerMet(now);
    assertNextIn(0, Phase.REGULAR);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerMet_whenQuiet_askedAtOnce() {
    meetAPeer();
    pass(100);
    schedule.peerMet(now);
    assertNextIn(0, Phase.REGULAR);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void answered_backEndWithAShorterInterval_regularIsThatLong() {
    DiscoverySchedule shorter = newSchedule(Duration.ofSeconds(3));
    assertThat(shorter.begin(now)).isTrue();
    shorter.answered(now);
    assertThat(shorter.delayNanos(now)).isEqualTo(seconds(3));
    shorter.peerMet(now);
    assertThat(shorter.begin(now)).isTrue();
    shorter.answered(now);
    assertThat(shorter.delayNanos(now)).isEqualTo(seconds(3));
    assertThat(shorter.phase()).isEqualTo(Phase.REGULAR);
  }

  @Test
  void answered_slowBackEnd_intervalCountsFromTheAnswer() {
    assertThat(schedule.begin(now)).isTrue();
    pass(60);
    schedule.answered(now);
    assertNextIn(5, Phase.SEARCHING);
  }

  @Test
  void failed_anyPhase_askedAfterASecond() {
    assertThat(schedule.begin(now)).isTrue();
    schedule.failed(now);
    assertNextIn(1, Phase.AFTER_ERROR);
    pass(1);
    ask();
    assertNextIn(5, Phase.SEARCHING);
    pass(5);
    meetAPeer();
    pass(300);
    for (int i = 0; i < 3; i++) {
      assertThat(schedule.begin(now)).isTrue();
      schedule.failed(now);
      assertNextIn(1, Phase.AFTER_ERROR);
      pass(1);
    }
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerLost_whenQuiet_askedAfterThirtySecondsThenRegular() {
    meetAPeer();
    pass(100);
    schedule.peerLost(now);
    assertNextIn(30, Phase.AFTER_PEER_LOST);
    pass(30);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerLost_shortlyBeforeARegularQuestion_stillAskedAfterThirtySeconds() {
    meetAPeer();
    pass(290);
    schedule.peerLost(now);
    assertNextIn(10, Phase.AFTER_PEER_LOST);
    pass(10);
    ask();
    assertNextIn(20, Phase.AFTER_PEER_LOST);
    pass(20);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerLost_oneAfterTheOther_askedForTheFirstAndTheLast() {
    meetAPeer();
    for (int i = 0; i < 3; i++) {
      schedule.peerLost(now);
      pass(10);
    }
    assertNextIn(0, Phase.AFTER_PEER_LOST);
    ask();
    assertNextIn(20, Phase.AFTER_PEER_LOST);
    pass(20);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerLost_duringAQuestionLongerThanTheWait_askedRightAfterIt() {
    meetAPeer();
    pass(300);
    assertThat(schedule.begin(now)).isTrue();
    schedule.peerLost(now);
    pass(40);
    schedule.answered(now);
    assertThat(schedule.delayNanos(now)).isZero();
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void peerLost_whileSearching_searchGoesOn() {
    ask();
    schedule.peerLost(now);
    assertNextIn(5, Phase.SEARCHING);
  }

  @Test
  void trigger_whenQuiet_askedAtOnceAndOnce() {
    meetAPeer();
    pass(10);
    schedule.trigger(now);
    schedule.trigger(now);
    assertNextIn(0, Phase.REGULAR);
    ask();
    assertNextIn(300, Phase.REGULAR);
  }

  @Test
  void begin_duringAQuestion_refused() {
    assertThat(schedule.begin(now)).isTrue();
    assertThat(schedule.running()).isTrue();
    schedule.trigger(now);
    pass(1_000);
    assertThat(schedule.begin(now)).isFalse();
    assertThat(schedule.nextDueNanos()).isEqualTo(DiscoverySchedule.NEVER);
    assertThat(schedule.delayNanos(now)).isEqualTo(DiscoverySchedule.NEVER);
  }

  @Test
  void trigger_severalDuringAQuestion_oneMoreRightAfterIt() {
    meetAPeer();
    for (boolean failing : new boolean[] {false, true}) {
      schedule.trigger(now);
      assertThat(schedule.begin(now)).isTrue();
      schedule.trigger(now);
      schedule.peerMet(now);
      pass(2);
      schedule.trigger(now);
      if (failing) {
        schedule.failed(now);
      } else {
        schedule.answered(now);
      }
      assertThat(schedule.delayNanos(now)).isZero();
      ask();
      assertNextIn(300, Phase.REGULAR);
    }
  }

  @Test
  void answered_noQuestion_illegal() {
    assertThatIllegalStateException().isThrownBy(() -> schedule.answered(now));
    assertThatIllegalStateException().isThrownBy(() -> schedule.failed(now));
  }

  @Test
  void newIntervals_notPositive_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DiscoveryIntervals.DEFAULTS.withAfterError(Duration.ZERO))
        .withMessage(
            "the interval of questions after an error is PT0S;"
                + " more than zero and at most 365 days is allowed");
    assertThatIllegalArgumentException().isThrownBy(() -> newSchedule(Duration.ofSeconds(-1)));
  }

  @Test
  void anyOrderOfCalls_random_neverSilentForLongerThanTheRegularInterval() {
    for (long seed = 0; seed < 300; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      DiscoverySchedule any = newSchedule(LONG);
      long time = START;
      long triggered = 0;
      for (int i = 0; i < 500; i++) {
        time += random.nextLong(seconds(20));
        switch (random.nextInt(6)) {
          case 0 -> any.peerMet(time);
          case 1 -> any.peerLost(time);
          case 2 -> {
            any.trigger(time);
            triggered++;
          }
          default -> {
            boolean due = any.delayNanos(time) == 0;
            boolean ran = any.running();
            assertThat(any.begin(time)).as("seed %d", seed).isEqualTo(due);
            if (ran && random.nextBoolean()) {
              any.failed(time);
            } else if (ran) {
              any.answered(time);
            }
          }
        }
        if (!any.running()) {
          assertThat(any.delayNanos(time)).as("seed %d", seed).isBetween(0L, seconds(300));
        }
      }
      assertThat(triggered).as("seed %d", seed).isPositive();
    }
  }
}
