package dev.cets.jgroups;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what other threads do: looks again and again, up to a deadline. */
final class Waiting {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private Waiting() {}

  static void until(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > DEADLINE_NANOS) {
        fail("the condition did not come true in time");
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
