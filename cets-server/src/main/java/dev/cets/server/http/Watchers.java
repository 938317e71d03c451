package dev.cets.server.http;

import dev.cets.ListenerOptions;
import dev.cets.Subscription;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The clients that follow tables of this node; of a bounded number. */
final class Watchers {
  static final int MAX = 64;

  /** Records may be large, and each that waits is kept though it may be written over. */
  private static final ListenerOptions OPTIONS = ListenerOptions.DEFAULTS.maxEvents(1_000);

  private static final int BUFFER_BYTES = 8 * 1024;

  private final Semaphore places = new Semaphore(MAX);
  private final Set<Watcher> running = ConcurrentHashMap.newKeySet();
  private final WatchTimes times;
  private volatile boolean closed;

  Watchers(WatchTimes times) {
    this.times = times;
  }

  /** Tells this client of the table's changes until it goes or the daemon ends. Blocks. */
  void serve(RecordTable table, boolean snapshot, ServerResponse response)
      throws InterruptedException {
    if (!places.tryAcquire()) {
      throw new ProblemException(Problem.tooManyWatchers(MAX));
    }
    try {
      response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store");
      // Not closed if a watcher breaks off: that would write.
      OutputStream out = new BufferedOutputStream(response.outputStream(), BUFFER_BYTES);
      follow(table, snapshot, new EventStream(out));
      out.close();
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("a watcher has gone", e);
    } finally {
      places.release();
    }
  }

  private void follow(RecordTable table, boolean snapshot, EventStream events)
      throws IOException, InterruptedException {
    var watcher = new Watcher(events, times);
    Subscription subscription =
        snapshot ? table.subscribe(watcher, OPTIONS) : table.listen(watcher, OPTIONS);
    running.add(watcher);
    try {
      // The client knows by the first byte that it is told everything from now on.
      events.beat();
      if (closed) {
        watcher.end();
      }
      watcher.run();
    } finally {
      subscription.close();
      running.remove(watcher);
    }
  }

  /** Ends them all, and those to come. Does not wait. */
  void close() {
    closed = true;
    running.forEach(Watcher::end);
  }
}
