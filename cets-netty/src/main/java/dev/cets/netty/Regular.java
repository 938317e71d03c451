package dev.cets.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the caller that waits for one call after the other, with nobody beside it and next to
 * nothing in between. A guess: if it errs, time is lost and nothing else.
 */
final class Regular {
  /**
   * What makes a caller a regular one.
   *
   * @param calls so many in a row
   * @param pauseNanos the most between the end of one and the wait of the next; as long as that,
   *     what comes in meanwhile is left lying
   */
  record Habit(int calls, long pauseNanos) {
    static final Habit USUAL = new Habit(16, TimeUnit.MICROSECONDS.toNanos(50));
  }

  private final Habit habit;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Thread last;
  private volatile long leftNanos;
  private volatile int calls;

  Regular(Habit habit) {
    this.habit = habit;
  }

  /** The caller begins to wait; is it a regular one? */
  boolean comes(Thread caller) {
    if (waiting.incrementAndGet() > 1) {
      calls = 0;
      return false;
    }
    boolean again = caller.equals(last) && System.nanoTime() - leftNanos < habit.pauseNanos;
    last = caller;
    calls = again ? Math.min(calls + 1, habit.calls) : 0;
    return calls == habit.calls;
  }

  /** Is it one still, and alone? */
  boolean stays() {
    return calls == habit.calls && waiting.get() == 1;
  }

  /** The caller waits no more. */
  void goes() {
    leftNanos = System.nanoTime();
    waiting.decrementAndGet();
  }
}
