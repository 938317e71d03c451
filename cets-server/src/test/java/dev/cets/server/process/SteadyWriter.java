package dev.cets.server.process;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Writes one new record after another through one node, and remembers how each write ended. */
final class SteadyWriter implements AutoCloseable {
  /** Of each write. */
  static final Duration DEADLINE = Duration.ofSeconds(10);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * A write.
   *
   * @param record what was written
   * @param began when, as {@link System#nanoTime} has it
   * @param problem why it is not known to be applied; empty if it is
   */
  record Written(String record, long began, Duration took, String problem) {}

  private final DaemonClient client;
  private final String table;
  private final String prefix;
  private final List<Written> written = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopped;

  /** Begins at once; the keys are the prefix and a number. */
  SteadyWriter(DaemonClient client, String table, String prefix) {
    this.client = client;
    this.table = table;
    this.prefix = prefix;
    Thread.ofVirtual().name("writer " + prefix).start(this::write);
  }

  private void write() {
    for (int i = 0; !stopped; i++) {
      String record = "{\"id\":\"%s-%05d\"}".formatted(prefix, i);
      long began = System.nanoTime();
      String problem = "";
      try {
        client.insert(table, record.getBytes(StandardCharsets.UTF_8));
      } catch (DaemonFailure e) {
        problem = String.valueOf(e.getMessage());
      }
      add(new Written(record, began, Duration.ofNanos(System.nanoTime() - began), problem));
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    ended.countDown();
  }

  private synchronized void add(Written write) {
    written.add(write);
  }

  /** All writes so far that have ended. */
  synchronized List<Written> written() {
    return List.copyOf(written);
  }

  /** How many of them began after a moment. */
  long writtenSince(long nanoTime) {
    return written().stream().filter(write -> write.began() - nanoTime > 0).count();
  }

  /** Ends after the write that is under way; all of them. */
  List<Written> stop() throws InterruptedException {
    stopped = true;
    if (!ended.await(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the last write of " + prefix + " does not end");
    }
    return written();
  }

  @Override
  public void close() {
    stopped = true;
    client.close();
  }
}
