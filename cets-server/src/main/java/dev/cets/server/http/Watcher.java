package dev.cets.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.Change;
import dev.cets.SnapshotListener;
import dev.cets.server.json.JsonRecord;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One client that follows a table. The listener's own thread writes, and waits with the client:
 * what comes meanwhile is kept for a while, and then told as a gap. The thread of the request looks
 * after it and never writes before the end, so that a client which does not read cannot hold it.
 */
final class Watcher implements SnapshotListener<String, JsonRecord> {
  private static final Duration LAST_PATIENCE = Duration.ofMillis(300);

  private final EventStream events;
  private final WatchTimes times;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean broken;

  Watcher(EventStream events, WatchTimes times) {
    this.events = events;
    this.times = times;
  }

  @Override
  public void changed(Change<String, JsonRecord> change) {
    tell(WatchEvents.change(change));
  }

  @Override
  public void gap() {
    tell(WatchEvents.gap());
  }

  @Override
  public void snapshot(List<JsonRecord> records) {
    tell(WatchEvents.snapshot(records.size()));
    for (JsonRecord record : records) {
      if (broken) {
        return;
      }
      tell(WatchEvents.record(record));
    }
  }

  @Override
  public void closed() {
    end();
  }

  private void tell(JsonNode event) {
    if (!broken) {
      write(() -> events.send(event));
    }
  }

  private interface Write {
    void run() throws IOException;
  }

  private void write(Write write) {
    try {
      write.run();
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      // The client has gone, or the request has ended.
      broken = true;
      end();
    }
  }

  /** Lets {@link #run} return. */
  void end() {
    ended.countDown();
  }

  /** Returns when it has ended; the last event is written. Blocks. */
  void run() throws IOException, InterruptedException {
    while (!ended.await(times.beat().toNanos(), TimeUnit.NANOSECONDS)) {
      if (events.isStuck(times.patience())) {
        broken = true;
        break;
      }
      Thread.startVirtualThread(() -> write(events::beat));
    }
    if (broken) {
      throw new CloseConnectionException("a watcher has gone or does not read");
    }
    events.sendLast(WatchEvents.closed(), LAST_PATIENCE);
  }
}
