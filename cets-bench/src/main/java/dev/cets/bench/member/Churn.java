package dev.cets.bench.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writers over few keys that go on until they are stopped, whatever becomes of a write: four
 * callers that wait (inserts, removals, inserts of what is absent), one that does not, in bursts,
 * and one that writes a hundred at a time. Together 2,800 records a second, if nothing is in their
 * way.
 */
final class Churn {
  private static final int CALLERS = 4;
  private static final int CALLS_PER_SECOND = 200;
  private static final int BURST = 200;
  private static final int BURSTS_PER_SECOND = 5;
  private static final int BULK = 100;
  private static final int BULKS_PER_SECOND = 10;
  private static final long LONGEST_END_MILLIS = 60_000;

  private final List<Writer> writers = new ArrayList<>();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
  private volatile boolean running;

  /** One turn of a writer; counts what was written. */
  private interface Turn {
    void take(Random random, LongAdder written);
  }

  private record Writer(Thread thread, LongAdder written) {}

  void start(ReplicatedTable table, int keys, int seed) {
    running = true;
    for (int i = 0; i < CALLERS; i++) {
      begin(
          table,
          seed,
          CALLS_PER_SECOND,
          (random, written) -> {
            call(table, keys, random);
            written.increment();
          });
    }
    begin(
        table,
        seed,
        BURSTS_PER_SECOND,
        (random, written) -> {
          for (int i = 0; i < BURST; i++) {
            callWithoutWaiting(table, Item.random(random.nextInt(keys), random), written);
          }
        });
    begin(
        table,
        seed,
        BULKS_PER_SECOND,
        (random, written) -> {
          List<Item> batch = new ArrayList<>(BULK);
          for (int i = 0; i < BULK; i++) {
            batch.add(Item.random(random.nextInt(keys), random));
          }
          table.putMany(batch);
          written.add(BULK);
        });
  }

  private static void call(ReplicatedTable table, int keys, Random random) {
    Item item = Item.random(random.nextInt(keys), random);
    switch (random.nextInt(10)) {
      case 0, 1 -> table.delete(item.key());
      case 2, 3 -> table.putNew(item);
      default -> table.put(item);
    }
  }

  private void callWithoutWaiting(ReplicatedTable table, Item item, LongAdder written) {
    var unused =
        table
            .putAsync(item)
            .whenComplete(
                (receipt, failure) -> {
                  if (failure == null) {
                    written.increment();
                  } else {
                    count(table, failure instanceof CompletionException ? cause(failure) : failure);
                  }
                });
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null ? failure : cause;
  }

  private void begin(ReplicatedTable table, int seed, int perSecond, Turn turn) {
    LongAdder written = new LongAdder();
    int number = writers.size();
    Random random = new Random(31L * seed + number);
    long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
    Thread thread =
        Thread.ofPlatform()
            .name("churn-" + number)
            .daemon()
            .start(() -> write(table, interval, () -> turn.take(random, written)));
    writers.add(new Writer(thread, written));
  }

  /** At a steady pace. What was missed while a write took long is not made up for. */
  private void write(ReplicatedTable table, long intervalNanos, Runnable turn) {
    while (running) {
      long due = System.nanoTime() + intervalNanos;
      try {
        turn.run();
      } catch (RuntimeException e) {
        count(table, e);
      }
      LockSupport.parkNanos(this, due - System.nanoTime());
    }
  }

  private void count(ReplicatedTable table, Throwable failure) {
    switch (table.outcome(failure)) {
      case REFUSED -> refused.increment();
      case UNKNOWN -> unknown.increment();
      case FAILED -> {
        failed.increment();
        firstFailure.compareAndSet(null, failure);
      }
    }
  }

  /** Returns when every writer has ended. */
  void stop() throws InterruptedException {
    running = false;
    for (Writer writer : writers) {
      writer.thread.join(LONGEST_END_MILLIS);
      if (writer.thread.isAlive()) {
        throw new IllegalStateException(writer.thread.getName() + " has not ended");
      }
    }
  }

  /** The records of each writer that are known to have been written, in one line. */
  String written() {
    return writers.stream()
        .map(writer -> String.valueOf(writer.written.sum()))
        .collect(Collectors.joining(" "));
  }

  long writtenRecords() {
    return writers.stream().mapToLong(writer -> writer.written.sum()).sum();
  }

  long refusedCalls() {
    return refused.sum();
  }

  long unknownCalls() {
    return unknown.sum();
  }

  long failedCalls() {
    return failed.sum();
  }

  /** The first one that is counted as failed; empty if there is none. */
  String firstFailure() {
    Throwable failure = firstFailure.get();
    return failure == null ? "" : failure.toString().replaceAll("\\s+", " ");
  }
}
