package dev.cets.netty;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who knocked and was no peer: counted, and logged so seldom that it cannot fill a disk. */
final class Strangers {
  private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
  private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final LongAdder refused = new LongAdder();
  private boolean logged;
  private long loggedAtNanos;

  /** On the loop. */
  void refuse(@Nullable SocketAddress remote, String reason, long nowNanos) {
    refused.increment();
    if (logged && nowNanos - loggedAtNanos < LOG_INTERVAL_NANOS) {
      return;
    }
    logged = true;
    loggedAtNanos = nowNanos;
    log.warn(
        "Refused a connection: {} {}. So far {} refused; the next line comes in {} at the soonest.",
        remote,
        reason,
        refused.sum(),
        Reasons.duration(LOG_INTERVAL_NANOS));
  }

  long refused() {
    return refused.sum();
  }
}
