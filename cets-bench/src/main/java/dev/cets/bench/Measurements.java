package dev.cets.bench;

import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.bench.Main.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;

/** What the leading process measures, a few rounds each; the median counts. */
final class Measurements {
  private static final int VALUE_BYTES = 48;
  private static final int KEYS = 100_000;
  private static final int ROUNDS = 7;
  private static final int WARM_UP_ROUNDS = 4;
  private static final long ROUND_NANOS = 2_000_000_000L;
  private static final int BULK = 100;

  private final SetTable<String, Item> items;
  private final Set<String> wanted;

  Measurements(SetTable<String, Item> items, Set<String> wanted) {
    this.items = items;
    this.wanted = wanted;
  }

  void run() throws InterruptedException {
    report("insert_sync_1", () -> writers(1));
    report("insert_sync_64", () -> writers(64));
    report("insert_async_1", this::async);
    report("insert_many_100", this::bulk);
  }

  private interface Round {
    double perSecond() throws InterruptedException;
  }

  private void report(String metric, Round round) throws InterruptedException {
    if (!wanted.isEmpty() && !wanted.contains(metric)) {
      return;
    }
    for (int i = 0; i < WARM_UP_ROUNDS; i++) {
      round.perSecond();
    }
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      rounds[i] = round.perSecond();
    }
    Arrays.sort(rounds);
    System.out.printf(
        Locale.ROOT,
        "%-16s %,12.0f /s (%,.0f to %,.0f)%n",
        metric,
        rounds[ROUNDS / 2],
        rounds[0],
        rounds[ROUNDS - 1]);
  }

  private static Item item(long number) {
    return new Item("key-" + number % KEYS, new byte[VALUE_BYTES]);
  }

  private double writers(int count) throws InterruptedException {
    LongAdder done = new LongAdder();
    CountDownLatch ended = new CountDownLatch(count);
    long end = System.nanoTime() + ROUND_NANOS;
    for (int writer = 0; writer < count; writer++) {
      long offset = writer * 1_000L;
      Thread.ofPlatform()
          .start(
              () -> {
                for (long i = offset; System.nanoTime() < end; i++) {
                  items.insert(item(i));
                  done.increment();
                }
                ended.countDown();
              });
    }
    ended.await();
    return done.sum() * 1e9 / ROUND_NANOS;
  }

  private double async() {
    long start = System.nanoTime();
    long sent = 0;
    CompletableFuture<Receipt> last = CompletableFuture.completedFuture(null);
    while (System.nanoTime() - start < ROUND_NANOS) {
      last = items.insertAsync(item(sent++));
    }
    last.join();
    return sent * 1e9 / (System.nanoTime() - start);
  }

  private double bulk() {
    long start = System.nanoTime();
    long sent = 0;
    while (System.nanoTime() - start < ROUND_NANOS) {
      List<Item> batch = new ArrayList<>(BULK);
      for (int i = 0; i < BULK; i++) {
        batch.add(item(sent++));
      }
      items.insertMany(batch);
    }
    return sent * 1e9 / (System.nanoTime() - start);
  }
}
