package dev.cets.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** Those who wait for something to become true. On the loop only. */
final class Waiters {
  private final BooleanSupplier condition;
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private boolean closed;

  Waiters(BooleanSupplier condition) {
    this.condition = condition;
  }

  void add(CompletableFuture<Void> waiter) {
    if (closed) {
      waiter.cancel(false);
    } else {
      waiting.add(waiter);
      check();
    }
  }

  /** It may have become true. */
  void check() {
    waiting.removeIf(CompletableFuture::isDone);
    if (!waiting.isEmpty() && condition.getAsBoolean()) {
      List<CompletableFuture<Void>> told = List.copyOf(waiting);
      waiting.clear();
      told.forEach(waiter -> waiter.complete(null));
    }
  }

  /** Who waits, waits in vain from here on. */
  void close() {
    closed = true;
    List<CompletableFuture<Void>> told = List.copyOf(waiting);
    waiting.clear();
    told.forEach(waiter -> waiter.cancel(false));
  }
}
