package dev.cets.table;

import dev.cets.spi.EventLoop;
import java.util.concurrent.CompletableFuture;

/** How a table reaches the loop, and callers are reached from there. */
public interface WriteQueue {
  /** The loop on which the protocol runs. */
  EventLoop loop();

  /** Runs the task on the loop, in the order of each caller's tasks; many in one go. */
  void submit(Runnable task);

  /** Completes the future where the application's callbacks run. */
  <T> void complete(CompletableFuture<T> future, T value);
}
