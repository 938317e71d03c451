package dev.cets.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Work with the database, of which one piece at a time is under way and none is waited for longer
 * than is said: a driver may wait for a dead socket without an end.
 *
 * <p>The work is done on a virtual thread, since to interrupt one that waits for a socket closes
 * that socket, whoever the driver is: so nothing stays behind. Were a driver to go on all the same,
 * no second piece of work would begin before it has come back.
 */
final class Errand {
  private final AtomicBoolean underWay = new AtomicBoolean();

  /** Blocks for no longer than the limit. One caller at a time. */
  <T> T run(Duration limit, Callable<T> work) throws IOException {
    if (underWay.getAndSet(true)) {
      throw new IOException("an earlier question still hangs in the database's driver");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = Thread.ofVirtual().name("cets-jdbc").start(() -> run(work, result));
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new IOException(
          "the database did not answer within " + limit.toMillis() / 1000.0 + " s", e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the database was asked", e);
    } catch (ExecutionException e) {
      throw told(e.getCause());
    }
  }

  /** Also true while a driver has not come back yet from what was given up. */
  boolean isUnderWay() {
    return underWay.get();
  }

  private <T> void run(Callable<T> work, CompletableFuture<T> result) {
    T value;
    try {
      value = work.call();
    } catch (Throwable e) { // whatever a driver throws, somebody waits for it
      underWay.set(false);
      result.completeExceptionally(e);
      return;
    }
    underWay.set(false);
    result.complete(value);
  }

  private static IOException told(@Nullable Throwable cause) {
    if (cause instanceof IOException known) {
      return known;
    }
    if (cause instanceof SQLException sql) {
      return SqlProblem.told(sql);
    }
    return new IOException("the database could not be asked: " + cause, cause);
  }
}
