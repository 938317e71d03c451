package dev.cets.spi;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * One thread's worth of execution, with time and chance: everything in which a real run differs
 * from a simulated one. A node does all its protocol work on the loop of its {@link Transport}, so
 * that a frame that comes in is answered without a change of threads.
 */
public interface EventLoop extends Executor {
  /**
   * Runs the task on the loop, after all tasks given before by the same thread. MUST NOT block or
   * run the task at once. After the loop has ended, MAY throw {@link
   * java.util.concurrent.RejectedExecutionException}.
   */
  @Override
  void execute(Runnable task);

  /** Runs the task on the loop, not before the delay (nanoseconds) is over. */
  void schedule(Runnable task, long delayNanos);

  /** Is the caller on the loop? */
  boolean inLoop();

  /** A clock that only grows, in nanoseconds, with an origin of its own. */
  long nanoTime();

  /** The wall clock, in milliseconds since 1970; may jump. */
  long currentTimeMillis();

  /** A source of chance; used on the loop only. */
  RandomGenerator random();

  /** Where work that may block is run: questions to discovery, callbacks of the application. */
  Executor blocking();

  /**
   * Waits for the future on behalf of a blocking call of the application, which MUST NOT be on the
   * loop. A loop in virtual time makes time pass here; another MAY do its work on the thread that
   * waits, which is then {@linkplain #inLoop on the loop} for as long.
   *
   * @return whether the future is done; false if the time was over first
   * @throws InterruptedException if the thread is interrupted before the future is done
   */
  default boolean await(CompletableFuture<?> future, long nanos) throws InterruptedException {
    try {
      future.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    }
  }
}
