package dev.cets.node;

import dev.cets.replication.Event;
import dev.cets.replication.Journal;
import dev.cets.spi.EventLoop;
import dev.cets.table.WriteQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way from callers' threads to the loop: many tasks in one turn, so that the writes of many
 * callers leave in one frame, and their callbacks are handed on together.
 */
final class Inbox implements WriteQueue {
  private static final int MOST_PER_TURN = 2000;

  private record Completion<T>(CompletableFuture<T> future, T value) {
    void tell() {
      future.complete(value);
    }
  }

  private final EventLoop loop;
  private final Callbacks callbacks;
  private final Runnable beforeTurn;
  private final Runnable afterTurn;
  private final Journal journal;
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private List<Completion<?>> completions = new ArrayList<>();
  private volatile boolean closed;

  Inbox(
      EventLoop loop,
      Callbacks callbacks,
      Runnable beforeTurn,
      Runnable afterTurn,
      Journal journal) {
    this.journal = journal;
    this.loop = loop;
    this.callbacks = callbacks;
    this.beforeTurn = beforeTurn;
    this.afterTurn = afterTurn;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void submit(Runnable task) {
    tasks.add(task);
    if (closed) {
      drain();
    } else if (!scheduled.getAndSet(true)) {
      try {
        loop.execute(this::turn);
      } catch (RejectedExecutionException e) {
        closed = true; // the loop has ended: the tasks find that out by themselves
        drain();
      }
    }
  }

  /** One turn of the loop: what callers asked for, then the effects. */
  void turn() {
    scheduled.set(false);
    beforeTurn.run();
    for (int done = 0; done < MOST_PER_TURN; done++) {
      Runnable task = tasks.poll();
      if (task == null) {
        afterTurn.run();
        return;
      }
      run(task);
    }
    afterTurn.run();
    if (!scheduled.getAndSet(true)) {
      loop.execute(this::turn);
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      journal.told(new Event.Defect("a caller's request", e));
    }
  }

  /** Will there be no more turns? */
  boolean isClosed() {
    return closed;
  }

  /** There will be no more turns; whatever still comes is run at once, and has to find that out. */
  void close() {
    handOnCompletions();
    closed = true;
    drain();
  }

  private void drain() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      run(task);
    }
  }

  @Override
  public <T> void complete(CompletableFuture<T> future, T value) {
    if (closed) {
      future.complete(value);
    } else {
      completions.add(new Completion<>(future, value));
    }
  }

  /** Callbacks of the application run elsewhere, in order. */
  void handOnCompletions() {
    if (completions.isEmpty()) {
      return;
    }
    List<Completion<?>> batch = completions;
    completions = new ArrayList<>();
    Runnable told = () -> batch.forEach(Completion::tell);
    if (!callbacks.handOn(told)) {
      told.run(); // everything has ended; the callers must not wait for ever
    }
  }
}
