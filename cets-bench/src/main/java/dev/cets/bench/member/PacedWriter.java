package dev.cets.bench.member;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One synchronous writer at a steady pace in the background. A write's time counts from when it was
 * due, so that what waits behind a slow one is slow as well.
 */
final class PacedWriter {
  private static final double QUANTILE = 0.999;

  /** Beyond the keys that are loaded before. */
  private static final long FIRST_KEY = 1_000_000_000;

  private static final int KEYS = 1_000;

  private volatile boolean running;
  private CompletableFuture<List<Long>> times = CompletableFuture.completedFuture(List.of());

  void start(ReplicatedTable table, int perSecond) {
    running = true;
    CompletableFuture<List<Long>> result = new CompletableFuture<>();
    times = result;
    Thread.ofPlatform()
        .name("paced-writer")
        .daemon()
        .start(
            () -> {
              try {
                result.complete(write(table, TimeUnit.SECONDS.toNanos(1) / perSecond));
              } catch (RuntimeException e) {
                result.completeExceptionally(e);
              }
            });
  }

  private List<Long> write(ReplicatedTable table, long intervalNanos) {
    List<Long> taken = new ArrayList<>();
    long due = System.nanoTime();
    for (long i = 0; running; i++, due += intervalNanos) {
      long early = due - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(this, early);
      }
      table.put(Item.of(FIRST_KEY + i % KEYS));
      taken.add(System.nanoTime() - due);
    }
    return taken;
  }

  /** The quantile in nanoseconds, and how many writes there were. */
  String stop() throws InterruptedException {
    running = false;
    List<Long> sorted;
    try {
      sorted = new ArrayList<>(times.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a write failed: " + e.getCause(), e);
    }
    if (sorted.isEmpty()) {
      throw new IllegalStateException("nothing was written");
    }
    Collections.sort(sorted);
    int place = (int) Math.ceil(sorted.size() * QUANTILE) - 1;
    return sorted.get(place) + " " + sorted.size();
  }
}
