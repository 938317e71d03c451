package dev.cets.table;

import dev.cets.spi.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/**
 * Bounds the bytes of writes that are on their way: who would pass the limit waits, first come,
 * first served, until there is room or its time is over. So callers are slowed down, and memory is
 * not.
 */
final class ByteGate {
  private record Waiter(int bytes, CompletableFuture<Boolean> admitted) {}

  private final EventLoop loop;
  private final int limit;
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private long used;
  private boolean closed;

  ByteGate(EventLoop loop, int limitBytes) {
    this.loop = loop;
    this.limit = limitBytes;
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
    try {
      loop.await(waiter.admitted(), deadlineNanos - loop.nanoTime());
    } finally {
      synchronized (this) {
        if (waiters.remove(waiter)) {
          waiter.admitted().complete(false);
        }
      }
    }
    return waiter.admitted().join();
  }

  void leave(int cost) {
    Deque<Waiter> admitted = new ArrayDeque<>();
    synchronized (this) {
      used -= cost;
      while (!waiters.isEmpty() && used + waiters.peekFirst().bytes() <= limit) {
        Waiter next = waiters.removeFirst();
        used += next.bytes();
        admitted.add(next);
      }
    }
    admitted.forEach(waiter -> waiter.admitted().complete(true));
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
