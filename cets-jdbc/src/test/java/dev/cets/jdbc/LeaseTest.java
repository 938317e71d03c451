package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The clock's origin is anything, so its numbers may run over. */
class LeaseTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void number_clockRunsOverItsEnd_standsForAsLongAsItIsSaid() {
    long asked = Long.MAX_VALUE - 10;
    Lease lease = Lease.taken(7, asked, SECOND);

    assertThat(lease.number(asked)).hasValue(7);
    assertThat(lease.number(asked + SECOND.toNanos() - 1)).hasValue(7);
    assertThat(lease.number(asked + SECOND.toNanos())).isEmpty();
  }

  @Test
  void number_none_isAbsentAtAnyTime() {
    assertThat(Lease.NONE.number(0)).isEmpty();
    assertThat(Lease.NONE.number(Long.MIN_VALUE)).isEmpty();
    assertThat(Lease.NONE.number(Long.MAX_VALUE)).isEmpty();
  }
}
