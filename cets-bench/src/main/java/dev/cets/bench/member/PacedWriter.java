package dev.cets.bench.member;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

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
  private CompletableFuture<List<Taken>> times = CompletableFuture.completedFuture(List.of());

  /** By one write, in nanoseconds: since it was due, and since it was called. */
  private record Taken(long sinceDue, long sinceCall) {}

  void start(ReplicatedTable table, int perSecond) {
    running = true;
    CompletableFuture<List<Taken>> result = new CompletableFuture<>();
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

  private List<Taken> write(ReplicatedTable table, long intervalNanos) {
    List<Taken> taken = new ArrayList<>();
    long due = System.nanoTime();
    for (long i = 0; running; i++, due += intervalNanos) {
      long early = due - System.nanoTime();
      if (early > 0) {
        LockSupport.parkNanos(this, early);
      }
      long call = System.nanoTime();
      table.put(Item.of(FIRST_KEY + i % KEYS));
      long end = System.nanoTime();
      taken.add(new Taken(end - due, end - call));
    }
    return taken;
  }

  /**
   * The quantile since writes were due, how many there were, and the quantile since they were
   * called; in nanoseconds.
   */
  String stop() throws InterruptedException {
    running = false;
    List<Taken> all;
    try {
      all = times.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a write failed: " + e.getCause(), e);
    }
    if (all.isEmpty()) {
      throw new IllegalStateException("nothing was written");
    }
    return quantile(all, Taken::sinceDue)
        + " "
        + all.size()
        + " "
        + quantile(all, Taken::sinceCall);
  }

  private static long quantile(List<Taken> all, ToLongFunction<Taken> time) {
    long[] sorted = all.stream().mapToLong(time).sorted().toArray();
    return sorted[(int) Math.ceil(sorted.length * QUANTILE) - 1];
  }
}
