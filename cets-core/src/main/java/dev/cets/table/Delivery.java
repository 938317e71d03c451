package dev.cets.table;

import dev.cets.replication.Cause;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way of changes from the loop to one subscriber: a bounded queue, emptied by one task at a
 * time on the subscriber's executor. A full queue is dropped, and a gap stands in its place; until
 * the subscriber has come to it, later changes are dropped as well.
 */
public final class Delivery<K, R> implements AutoCloseable {
  private static final int MOST_PER_RUN = 1000;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ChangeFeed<K, R> feed;
  private final ChangeSubscriber<K, R> subscriber;
  private final Executor executor;
  private final int maxEvents;
  private final boolean snapshots;
  private final Consumer<ChangeSubscriber<K, R>> gap = ChangeSubscriber::gap;
  private final Queue<Consumer<ChangeSubscriber<K, R>>> waiting = new ArrayDeque<>();

  /** A task of this is on the executor. */
  private boolean running;

  /**
   * Changes are not for this queue: a gap, or a snapshot that is still to come, stands for them.
   */
  private boolean skipping;

  private boolean ended;

  Delivery(
      ChangeFeed<K, R> feed,
      ChangeSubscriber<K, R> subscriber,
      Executor executor,
      int maxEvents,
      boolean snapshots) {
    this.feed = feed;
    this.subscriber = subscriber;
    this.executor = executor;
    this.maxEvents = maxEvents;
    this.snapshots = snapshots;
    this.skipping = snapshots;
  }

  /** Has all that happened been told, and the subscriber returned from it? */
  public synchronized boolean isIdle() {
    return !running && !skipping;
  }

  // ---- what the loop puts in

  void changed(K key, @Nullable R before, @Nullable R after, Cause cause) {
    synchronized (this) {
      if (ended || skipping) {
        return;
      }
      if (waiting.size() < maxEvents) {
        waiting.add(told -> told.changed(key, before, after, cause));
      } else if (feed.tellsGaps()) {
        waiting.clear();
        waiting.add(gap);
        feed.gap();
        skipping = true;
      }
    }
    runUnlessRunning();
  }

  void snapshot(List<R> records) {
    synchronized (this) {
      if (ended) {
        return;
      }
      waiting.add(told -> told.snapshot(records));
      skipping = false;
    }
    runUnlessRunning();
  }

  // ---- its end

  /** What waits is dropped; the subscriber is told that this is the end. */
  void tableClosed() {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      waiting.clear();
      waiting.add(ChangeSubscriber::closed);
    }
    runUnlessRunning();
  }

  /** No call to the subscriber begins from now on. Harmless when repeated. */
  @Override
  public void close() {
    feed.remove(this);
    synchronized (this) {
      ended = true;
      waiting.clear();
    }
  }

  // ---- on the executor

  private void runUnlessRunning() {
    synchronized (this) {
      if (running) {
        return;
      }
      running = true;
    }
    submit();
  }

  private void submit() {
    try {
      executor.execute(this::run);
    } catch (RuntimeException | Error e) { // the loop may be in the middle of a write
      feed.later(this::submit, RETRY_NANOS);
    }
  }

  /** Others may share the executor, so it is given up now and then. */
  private void run() {
    for (int told = 0; told < MOST_PER_RUN; told++) {
      Consumer<ChangeSubscriber<K, R>> next = next();
      if (next == null) {
        return;
      }
      tell(next);
    }
    submit();
  }

  private synchronized @Nullable Consumer<ChangeSubscriber<K, R>> next() {
    Consumer<ChangeSubscriber<K, R>> next = waiting.poll();
    if (next == null) {
      running = false;
    } else if (gap.equals(next) && !snapshots) {
      skipping = false; // whatever it does not find when it reads the table now, it is told
    }
    return next;
  }

  private void tell(Consumer<ChangeSubscriber<K, R>> what) {
    try {
      what.accept(subscriber);
    } catch (Throwable thrown) {
      subscriber.failed(thrown);
    }
    if (gap.equals(what) && snapshots) {
      feed.submitSnapshot(this);
    }
  }
}
