package dev.cets.server.http;

import dev.cets.ListenerOptions;
import dev.cets.Subscription;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The clients that follow tables of this node; of a bounded number. */
final class Watchers {
  static final int MAX = 64;

  /** Records may be large, and each that waits is kept though it may be written over. */
  private static final ListenerOptions OPTIONS = ListenerOptions.DEFAULTS.maxEvents(1_000);

  private static final Duration COUNT_PERIOD = Duration.ofSeconds(1);
  private static final int BUFFER_BYTES = 8 * 1024;

  private final Semaphore places = new Semaphore(MAX);
  private final Set<Follower> running = ConcurrentHashMap.newKeySet();
  private final WatchTimes times;
  private volatile boolean closed;

  Watchers(WatchTimes times) {
    this.times = times;
  }

  private interface Following {
    void run(EventStream events) throws IOException, InterruptedException;
  }

  /** Tells this client of the table's changes until it goes or the daemon ends. Blocks. */
  void serve(RecordTable table, boolean snapshot, ServerResponse response)
      throws InterruptedException {
    serve(response, events -> follow(table, snapshot, events));
  }

  /** Tells this client how many changes there are until it goes or the daemon ends. Blocks. */
  void count(Collection<RecordTable> tables, ServerResponse response) throws InterruptedException {
    serve(response, events -> count(tables, events));
  }

  private void serve(ServerResponse response, Following following) throws InterruptedException {
    if (!places.tryAcquire()) {
      throw new ProblemException(Problem.tooManyWatchers(MAX));
    }
    try {
      response.header("Content-Type", "text/event-stream").header("Cache-Control", "no-store");
      // Not closed if a watcher breaks off: that would write.
      OutputStream out = new BufferedOutputStream(response.outputStream(), BUFFER_BYTES);
      following.run(new EventStream(out));
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
    run(watcher, events, List.of(subscription));
  }

  private void count(Collection<RecordTable> tables, EventStream events)
      throws IOException, InterruptedException {
    var counter = new Counter(events, COUNT_PERIOD, times.patience());
    List<Subscription> subscriptions = new ArrayList<>();
    for (RecordTable table : tables) {
      subscriptions.add(table.listen(counter.of(table.status().name()), ListenerOptions.DEFAULTS));
    }
    run(counter, events, subscriptions);
  }

  private void run(Follower follower, EventStream events, List<Subscription> subscriptions)
      throws IOException, InterruptedException {
    running.add(follower);
    try {
      // The client knows by the first byte that it is told everything from now on.
      events.beat();
      if (closed) {
        follower.end();
      }
      follower.run();
    } finally {
      subscriptions.forEach(Subscription::close);
      running.remove(follower);
    }
  }

  /** Ends them all, and those to come. Does not wait. */
  void close() {
    closed = true;
    running.forEach(Follower::end);
  }
}
