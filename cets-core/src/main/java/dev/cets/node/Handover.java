package dev.cets.node;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what happens on the loop to code of the application, elsewhere, one after the other. What
 * that code throws is logged; when it is so slow that too much waits, some is left out.
 */
final class Handover<E> {
  static final int MOST_WAITING = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.node");

  private final Executor executor;
  private final String what;
  private final Consumer<? super E> handler;
  private final Queue<E> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicInteger leftOut = new AtomicInteger();
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * To this handler.
   *
   * @param what the handler, for the log
   */
  Handover(Executor executor, String what, Consumer<? super E> handler) {
    this.executor = executor;
    this.what = what;
    this.handler = handler;
  }

  /** From the loop. */
  void add(E event) {
    if (count.get() >= MOST_WAITING) {
      leftOut.incrementAndGet();
      return;
    }
    count.incrementAndGet();
    waiting.add(event);
    start();
  }

  private void start() {
    if (!running.getAndSet(true)) {
      try {
        executor.execute(this::run);
      } catch (RuntimeException | Error e) { // the loop may be in the middle of something
        running.set(false);
        LOG.warn("{} is not called before the next time: its executor does not take it", what, e);
      }
    }
  }

  private void run() {
    for (E event = waiting.poll(); event != null; event = waiting.poll()) {
      count.decrementAndGet();
      try {
        handler.accept(event);
      } catch (RuntimeException | Error e) {
        LOG.error("{} threw", what, e);
      }
    }
    int missed = leftOut.getAndSet(0);
    if (missed > 0) {
      LOG.warn("{} was too slow: {} were left out", what, missed);
    }
    running.set(false);
    if (!waiting.isEmpty()) {
      start();
    }
  }
}
