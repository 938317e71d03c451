package dev.cets.netty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Who runs the loop: one thread at a time, or for a moment nobody.
 *
 * <pre>
 * the loop's own thread  gives way to a guest that asked, before it would wait for the network
 * a guest                leaves the seat empty when it is about to come back, else gives it back
 * an empty seat          is taken by the guest that left it, or by the own thread: when it is
 *                        called, or when nobody sat for a nap
 * </pre>
 *
 * Whatever the one thread did to the loop is seen by the next: each change of hands is a volatile
 * write and a read of the same reference.
 */
final class Seat {
  /** So long at most an empty seat stays empty; twice that where a nap has just begun. */
  static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Who sits longer gives the seat back in person: the own thread then sleeps deeper. */
  private static final long LONG_NANOS = NAP_NANOS / 2;

  /** A call that was missed by a defect would cost no more than this. */
  private static final long DEEP_SLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> asking = new AtomicReference<>();
  private final AtomicLong sittings = new AtomicLong();
  private volatile @Nullable Thread own;
  private volatile @Nullable Thread keeper;
  private volatile boolean called;
  private long satDownNanos;

  /** Seats the loop's own thread, which has not begun yet. */
  void own(Thread thread) {
    own = thread;
    driver.set(thread);
  }

  @Nullable Thread own() {
    return own;
  }

  boolean isTakenBy(Thread thread) {
    return thread.equals(driver.get());
  }

  /** Does a guest sit? */
  boolean isLent() {
    Thread sitting = driver.get();
    return sitting != null && !sitting.equals(own);
  }

  // ---- the own thread

  /** Gives way if a guest asked; returns when the seat is the own thread's again. */
  void giveWay() {
    Thread guest = asking.get();
    if (guest != null && asking.compareAndSet(guest, null)) {
      driver.set(guest);
      LockSupport.unpark(guest);
      sleepUntilMine();
    }
  }

  private void sleepUntilMine() {
    long seen = sittings.get();
    long nanos = NAP_NANOS;
    while (!isTakenBy(Thread.currentThread())) {
      LockSupport.parkNanos(this, nanos);
      var unused = Thread.interrupted(); // or it would not sleep any more
      long now = sittings.get();
      boolean still = now == seen;
      boolean wanted = called;
      called = false;
      seen = now;
      if (driver.get() == null) {
        nanos = NAP_NANOS;
        if ((still || wanted) && driver.compareAndSet(null, Thread.currentThread())) {
          keeper = null;
        }
      } else {
        nanos = still ? DEEP_SLEEP_NANOS : NAP_NANOS;
      }
    }
  }

  // ---- guests

  /** Sits down on an empty seat, if it is one. */
  boolean take() {
    if (driver.get() == null && driver.compareAndSet(null, Thread.currentThread())) {
      satDown();
      return true;
    }
    return false;
  }

  /** Asks for the seat; {@link #isTakenBy} tells when it is given. One guest at a time. */
  boolean ask() {
    return asking.compareAndSet(null, Thread.currentThread());
  }

  /** Asks no more; true if the seat is the guest's already. */
  boolean withdraw() {
    Thread guest = Thread.currentThread();
    if (asking.compareAndSet(guest, null)) {
      return false;
    }
    while (!isTakenBy(guest)) {
      Thread.onSpinWait(); // it is between the two steps of giving way
    }
    return true;
  }

  /** To be told once by a guest to whom the seat was given. */
  void satDown() {
    sittings.set(sittings.get() + 1); // only who sits counts
    satDownNanos = System.nanoTime();
  }

  /**
   * Stands up.
   *
   * @param returning whether the guest is about to come back
   */
  void leave(boolean returning) {
    if (returning && System.nanoTime() - satDownNanos < LONG_NANOS) {
      keeper = Thread.currentThread();
      driver.set(null);
    } else {
      keeper = null;
      driver.set(own);
      LockSupport.unpark(own);
    }
  }

  // ---- everybody

  /**
   * There is something to do.
   *
   * @return whether somebody sits, and has to be told; otherwise who has to know is told
   */
  boolean isTakenOrCalled() {
    if (driver.get() != null) {
      return true;
    }
    if (!Thread.currentThread().equals(keeper)) {
      callIfEmpty();
    }
    return false;
  }

  /** Calls the own thread to an empty seat. */
  void callIfEmpty() {
    if (driver.get() == null) {
      called = true;
      LockSupport.unpark(own);
    }
  }
}
