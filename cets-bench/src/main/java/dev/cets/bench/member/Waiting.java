package dev.cets.bench.member;

import java.util.concurrent.TimeUnit;

/** Waits for a condition, and says when it became true. */
final class Waiting {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long PAUSE_MILLIS = 1;

  private Waiting() {}

  interface Condition {
    boolean holds();
  }

  /** The moment; processes of one machine share the clock. */
  static long until(Condition condition) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.holds()) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(
            "not so within " + TimeUnit.NANOSECONDS.toSeconds(DEADLINE_NANOS) + " s");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
    return System.nanoTime();
  }
}
