package dev.cets.server.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends connections whose request does not come to the end of its headers in time, however busily
 * bytes of it drip in. Helidon ends those alone that are silent, or that have not sent a line.
 */
final class SlowHeads implements Http1ConnectionListener, AutoCloseable {
  private final long limitNanos;
  private final Refusals refusals;

  /** Whose headers are being read, and since when. */
  private final Map<Thread, Head> reading = new ConcurrentHashMap<>();

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-slow-heads").factory());

  private record Head(String remote, long sinceNanos) {}

  SlowHeads(Duration limit, Refusals refusals) {
    this.limitNanos = limit.toNanos();
    this.refusals = refusals;
    long period = Math.max(1, limitNanos / 4);
    var unused = clock.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
  }

  @Override
  public void prologue(ConnectionContext context, HttpPrologue prologue) {
    reading.put(Thread.currentThread(), new Head(context.remotePeer().host(), System.nanoTime()));
  }

  @Override
  public void headers(ConnectionContext context, Headers headers) {
    reading.remove(Thread.currentThread());
  }

  private void look() {
    long now = System.nanoTime();
    reading.forEach(
        (thread, head) -> {
          if (!thread.isAlive()) {
            reading.remove(thread, head); // broken off on its own
          } else if (now - head.sinceNanos() > limitNanos && reading.remove(thread, head)) {
            refusals.add(head.remote(), "it did not send its headers in time");
            thread.interrupt(); // closes the socket that it reads from
          }
        });
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
