package dev.cets.server.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests that were refused for who sent them, or how: counted, and one a minute is logged. */
final class Refusals {
  private static final Logger log = LoggerFactory.getLogger(HttpInterface.class);
  private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongAdder count = new LongAdder();
  private final AtomicLong nextLineAt = new AtomicLong(System.nanoTime());

  void add(String remote, String reason) {
    count.increment();
    long now = System.nanoTime();
    long due = nextLineAt.get();
    if (now - due >= 0 && nextLineAt.compareAndSet(due, now + LOG_INTERVAL_NANOS)) {
      log.warn(
          "Refused a request of {}: {}. So far {} refused; the next line comes in a minute at the"
              + " soonest.",
          remote,
          reason,
          count.sum());
    }
  }

  long count() {
    return count.sum();
  }
}
