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
  /** An empty seat stays empty for at most two of these. */
  static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicReference<@Nullable Thread> driver = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> asking = new AtomicReference<>();
  private final AtomicLong sittings = new AtomicLong();
  private volatile @Nullable Thread own;
  private volatile @Nullable Thread keeper;
  private volatile boolean called;

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

  // ---- the own thread

  /** Gives way if a guest asked; returns when the seat is the own thread's again. */
  void giveWay() {
    Thread guest = asking.get();
    if (guest != null && asking.compareAndSet(guest, null)) {
      sittings.set(sittings.get() + 1);
      driver.set(guest);
      LockSupport.unpark(guest);
      sleepUntilMine();
    }
  }

  private void sleepUntilMine() {
    long seen = sittings.get();
    while (!isTakenBy(Thread.currentThread())) {
      LockSupport.parkNanos(this, NAP_NANOS);
      var unused = Thread.interrupted(); // or it would not sleep any more
      long now = sittings.get();
      boolean wanted = called;
      called = false;
      if ((wanted || now == seen) && driver.compareAndSet(null, Thread.currentThread())) {
        keeper = null;
      }
      seen = now;
    }
  }

  // ---- guests

  /** Sits down on an empty seat, if it is one. */
  boolean take() {
    if (driver.get() == null && driver.compareAndSet(null, Thread.currentThread())) {
      sittings.set(sittings.get() + 1); // nobody else does meanwhile
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

  /**
   * Stands up.
   *
   * @param returning whether the guest is about to come back
   */
  void leave(boolean returning) {
    if (returning) {
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
