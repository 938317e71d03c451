package dev.cets.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final SplittableRandom random = new SplittableRandom(1);
  private final Backoff backoff = new Backoff(50, 2_000);

  @Test
  void afterFailure_again_doublesToTheLimitWithJitter() {
    for (long base : new long[] {50, 100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000}) {
      assertThat(backoff.afterFailure(random)).isBetween(base / 2, base);
    }
  }

  @Test
  void afterLoss_followingFailures_isNearlyNoneAndBeginsAnew() {
    for (int i = 0; i < 10; i++) {
      backoff.afterFailure(random);
    }

    assertThat(backoff.afterLoss(random)).isBetween(0L, 12L);
    assertThat(backoff.afterFailure(random)).isBetween(25L, 50L);
  }

  @Test
  void afterFailure_extremeSettings_staysInRange() {
    Backoff oneNano = new Backoff(1, 1);
    Backoff endless = new Backoff(Long.MAX_VALUE / 4, Long.MAX_VALUE - 1);
    for (int i = 0; i < 5; i++) {
      assertThat(oneNano.afterFailure(random)).isBetween(0L, 1L);
      assertThat(endless.afterFailure(random)).isPositive();
    }
  }
}
