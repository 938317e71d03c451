package dev.cets.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One client of a stream of events, for as long as it reads. The thread of the request looks after
 * it and never writes before the end, so that a client which does not read cannot hold it.
 */
abstract class Follower {
  private static final Duration LAST_PATIENCE = Duration.ofMillis(300);

  private final EventStream events;
  private final Duration period;
  private final Duration patience;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean broken;

  /** Something is sent in each period; an event may stay unread for so long. */
  Follower(EventStream events, Duration period, Duration patience) {
    this.events = events;
    this.period = period;
    this.patience = patience;
  }

  /** Sends what is due in each period. */
  abstract void periodic(EventStream to) throws IOException;

  final boolean isBroken() {
    return broken;
  }

  final void tell(JsonNode event) {
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
  final void end() {
    ended.countDown();
  }

  /** Returns when it has ended; the last event is written. Blocks. */
  final void run() throws IOException, InterruptedException {
    while (!ended.await(period.toNanos(), TimeUnit.NANOSECONDS)) {
      if (events.isStuck(patience)) {
        broken = true;
        break;
      }
      Thread.startVirtualThread(() -> write(() -> periodic(events)));
    }
    if (broken) {
      throw new CloseConnectionException("a watcher has gone or does not read");
    }
    events.sendLast(WatchEvents.closed(), LAST_PATIENCE);
  }
}
