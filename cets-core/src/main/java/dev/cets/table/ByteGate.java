package dev.cets.table;

import dev.cets.spi.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the bytes of writes that are on their way: who would pass the limit waits, first come,
 * first served, until there is room or its time is over. So callers are slowed down, and memory is
 * not.
 *
 * <p>Whoever waits is let in when a quarter has become free: a caller who does not wait for his
 * writes would otherwise be woken for each of them that leaves, and waking costs more than the
 * write.
 */
final class ByteGate {
  private record Waiter(int bytes, CompletableFuture<Boolean> admitted) {}

  private final EventLoop loop;
  private final int limit;
  private final int lowMark;
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private long used;
  private boolean closed;

  ByteGate(EventLoop loop, int limitBytes) {
    this.loop = loop;
    this.limit = limitBytes;
    this.lowMark = limitBytes - limitBytes / 4;
  }

  /** How much a write takes; one that alone is over the limit takes all of it. */
  int cost(int bytes) {
    return Math.min(bytes, limit);
  }

  /** Waits for room; says whether there is. */
  boolean enter(int cost, long deadlineNanos) throws InterruptedException {
    Waiter waiter;
    synchronized (this) {
      if (closed) {
        return false;
      }
      if (waiters.isEmpty() && used + cost <= limit) {
        used += cost;
        return true;
      }
      if (loop.inLoop()) {
        return false; // waiting here would keep the room from ever being made
      }
      waiter = new Waiter(cost, new CompletableFuture<>());
      waiters.addLast(waiter);
    }
    boolean interrupted = true;
    try {
      loop.await(waiter.admitted(), deadlineNanos - loop.nanoTime());
      interrupted = false;
    } finally {
      giveUp(waiter);
      if (interrupted && waiter.admitted().join()) {
        leave(cost); // admitted in the very moment of the interrupt
      }
    }
    return waiter.admitted().join();
  }

  /** Who waits no longer may have stood before one for whom there is room. */
  private void giveUp(Waiter waiter) {
    Deque<Waiter> next;
    synchronized (this) {
      if (!waiters.remove(waiter)) {
        return;
      }
      next = admit();
    }
    waiter.admitted().complete(false);
    next.forEach(admitted -> admitted.admitted().complete(true));
  }

  void leave(int cost) {
    Deque<Waiter> next;
    synchronized (this) {
      used -= cost;
      if (waiters.isEmpty() || used > lowMark) {
        return;
      }
      next = admit();
    }
    next.forEach(admitted -> admitted.admitted().complete(true));
  }

  /** Called with the lock held. */
  private Deque<Waiter> admit() {
    Deque<Waiter> admitted = new ArrayDeque<>();
    while (!waiters.isEmpty() && used + waiters.peekFirst().bytes() <= limit) {
      Waiter next = waiters.removeFirst();
      used += next.bytes();
      admitted.add(next);
    }
    return admitted;
  }

  void close() {
    Deque<Waiter> refused;
    synchronized (this) {
      closed = true;
      refused = new ArrayDeque<>(waiters);
      waiters.clear();
    }
    refused.forEach(waiter -> waiter.admitted().complete(false));
  }
}
