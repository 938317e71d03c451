package dev.cets.jdbc;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what others do: looks again and again, up to a deadline. */
final class Waiting {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private Waiting() {}

  static void until(String what, BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > DEADLINE_NANOS) {
        fail("not in time: " + what);
      }
      shortly();
    }
  }

  /** Between two looks. */
  static void shortly() {
    LockSupport.parkNanos(LOOK_NANOS);
  }
}
