package dev.cets.bench.member;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The loops that measure; the same for every system. Each goes on for a time and counts. */
final class Loops {
  private static final int KEYS = 100_000;
  private static final int BULK = 100;
  private static final int RANGE = 100;
  private static final int WRITERS_APART = 1_000;

  /** A prime: reads go through the keys, each after one that is far from it. */
  private static final int STRIDE = 7_919;

  private static final long LONGEST_EXTRA_SECONDS = 60;

  private final List<ReplicatedTable> tables;

  /** Numbers of keys that are new to the cluster, in this process. */
  private long fresh;

  private int sink;

  Loops(List<ReplicatedTable> tables) {
    this.tables = tables;
  }

  /** How much was done in which time. */
  record Round(long operations, long nanos) {}

  Round round(String metric, long nanos) throws InterruptedException {
    ReplicatedTable table = tables.getFirst();
    return switch (metric) {
      case "insert_sync_1" -> writers(1, nanos, i -> table.put(Item.of(i % KEYS)));
      case "insert_sync_64" -> writers(64, nanos, i -> table.put(Item.of(i % KEYS)));
      case "insert_async_1" -> async(table, nanos);
      case "insert_many_100" -> bulk(table, nanos);
      case "insert_new_local_leader" -> newKeys(table, nanos, true);
      case "insert_new_remote_leader" -> newKeys(table, nanos, false);
      case "insert_serial_8_nodes_same_key" -> serial(nanos);
      case "get_set", "get_ordered" -> reads(table, nanos);
      case "range_100" -> ranges(table, nanos);
      default -> throw new IllegalArgumentException("no loop measures '" + metric + "'");
    };
  }

  /** Each writer has its own numbers, so that their keys are rarely the same at a time. */
  private static Round writers(int count, long nanos, LongConsumer write)
      throws InterruptedException {
    return threads(
        count,
        nanos,
        (writer, end) -> {
          long done = 0;
          for (long i = (long) writer * WRITERS_APART; System.nanoTime() - end < 0; i++) {
            write.accept(i);
            done++;
          }
          return done;
        });
  }

  private interface Work {
    long until(int thread, long endNanos);
  }

  private static Round threads(int count, long nanos, Work work) throws InterruptedException {
    LongAdder done = new LongAdder();
    CountDownLatch ended = new CountDownLatch(count);
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    long begin = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int thread = i;
      Thread.ofPlatform()
          .daemon()
          .start(
              () -> {
                try {
                  done.add(work.until(thread, begin + nanos));
                } catch (RuntimeException e) {
                  failure.compareAndSet(null, e);
                } finally {
                  ended.countDown();
                }
              });
    }
    if (!ended.await(
        TimeUnit.NANOSECONDS.toSeconds(nanos) + LONGEST_EXTRA_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a round did not end");
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    return new Round(done.sum(), System.nanoTime() - begin);
  }

  private static Round async(ReplicatedTable table, long nanos) {
    long begin = System.nanoTime();
    long done = 0;
    CompletableFuture<?> last = CompletableFuture.completedFuture(null);
    while (System.nanoTime() - begin < nanos) {
      last = table.putAsync(Item.of(done++ % KEYS));
    }
    last.join();
    return new Round(done, System.nanoTime() - begin);
  }

  private static Round bulk(ReplicatedTable table, long nanos) {
    long begin = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - begin < nanos) {
      List<Item> batch = new ArrayList<>(BULK);
      for (int i = 0; i < BULK; i++) {
        batch.add(Item.of(done++ % KEYS));
      }
      table.putMany(batch);
    }
    return new Round(done, System.nanoTime() - begin);
  }

  private Round newKeys(ReplicatedTable table, long nanos, boolean here) {
    String prefix = "new-" + ProcessHandle.current().pid() + "-";
    long begin = System.nanoTime();
    long done = 0;
    while (System.nanoTime() - begin < nanos) {
      Item item = new Item(prefix + fresh++, Item.of(0).value());
      if (table.decidedHere(item.key(), here)) {
        if (!table.putNew(item)) {
          throw new IllegalStateException("the new key " + item.key() + " is there already");
        }
        done++;
      }
    }
    return new Round(done, System.nanoTime() - begin);
  }

  /** One writer at each member of this process, all of them at one key. */
  private Round serial(long nanos) throws InterruptedException {
    return threads(
        tables.size(),
        nanos,
        (writer, end) -> {
          long done = 0;
          while (System.nanoTime() - end < 0) {
            tables.get(writer).putSerial(Item.of(0));
            done++;
          }
          return done;
        });
  }

  private static String[] keys() {
    String[] keys = new String[KEYS];
    Arrays.setAll(keys, Item::key);
    return keys;
  }

  private Round reads(ReplicatedTable table, long nanos) {
    String[] keys = keys();
    long begin = System.nanoTime();
    long done = 0;
    int place = 0;
    while (System.nanoTime() - begin < nanos) {
      for (int i = 0; i < BULK; i++) {
        place = (place + STRIDE) % KEYS;
        if (table.get(keys[place]) == null) {
          throw new IllegalStateException("no " + keys[place]);
        }
      }
      done += BULK;
    }
    return new Round(done, System.nanoTime() - begin);
  }

  private Round ranges(ReplicatedTable table, long nanos) {
    String[] keys = keys();
    Arrays.sort(keys);
    long begin = System.nanoTime();
    long done = 0;
    int place = 0;
    while (System.nanoTime() - begin < nanos) {
      place = (place + STRIDE) % (KEYS - RANGE);
      sink += table.range(keys[place], keys[place + RANGE]);
      done++;
    }
    if (sink == 0) {
      throw new IllegalStateException("no records in any range");
    }
    return new Round(done, System.nanoTime() - begin);
  }
}
