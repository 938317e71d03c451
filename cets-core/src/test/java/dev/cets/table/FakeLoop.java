package dev.cets.table;

import dev.cets.spi.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.random.RandomGenerator;

/** A loop that is turned by hand; waiting on it does what the test says. */
public class FakeLoop implements EventLoop {
  /** What happens while somebody waits. */
  @FunctionalInterface
  public interface Waiting {
    /** Returns when the wait is over. */
    void happens(long nanos) throws InterruptedException;
  }

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private boolean ended;
  private boolean inLoop;
  private long nanos;
  private Waiting waiting = limit -> {};

  /** Runs all tasks, those that come meanwhile too. */
  public int turn() {
    int done = 0;
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      done++;
    }
    return done;
  }

  /** How many tasks wait. */
  public int tasks() {
    return tasks.size();
  }

  /** No task is accepted any more. */
  public void end() {
    ended = true;
  }

  /** Says that the caller is on the loop. */
  public void inLoop(boolean on) {
    inLoop = on;
  }

  /** Says what happens while somebody waits. */
  public void whileWaiting(Waiting what) {
    waiting = what;
  }

  /** Moves the clock. */
  public void pass(long more) {
    nanos += more;
  }

  @Override
  public void execute(Runnable task) {
    if (ended) {
      throw new RejectedExecutionException("ended");
    }
    tasks.add(task);
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    throw new UnsupportedOperationException("nothing is scheduled here");
  }

  @Override
  public boolean inLoop() {
    return inLoop;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public long currentTimeMillis() {
    return 0;
  }

  @Override
  public RandomGenerator random() {
    return new Random(0);
  }

  @Override
  public Executor blocking() {
    return Runnable::run;
  }

  @Override
  public boolean await(CompletableFuture<?> future, long limit) throws InterruptedException {
    if (!future.isDone()) {
      waiting.happens(limit);
    }
    return future.isDone();
  }
}
