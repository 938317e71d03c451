package dev.cets.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Who knocked, or was dialled, and was no peer: counted, and logged so seldom that it cannot fill a
 * disk. Each of a few hosts has a line a minute of its own, so that a scanner does not hide the
 * node whose certificate has expired; all others share one.
 */
public final class Strangers {
  private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int MOST_HOSTS = 16;

  /** Nobody's. */
  private static final InetAddress OTHERS = new InetSocketAddress(0).getAddress();

  private final LongAdder refused = new LongAdder();

  private final Logger log;

  /** When the latest line was, by host. */
  private final Map<InetAddress, Long> logged = new HashMap<>();

  /** They are told to this log. */
  public Strangers(Logger log) {
    this.log = log;
  }

  /** Counts one, and says why; the reason completes "it ...". From any thread. */
  public synchronized void refuse(@Nullable SocketAddress remote, String reason) {
    long nowNanos = System.nanoTime();
    refused.increment();
    logged.values().removeIf(at -> nowNanos - at >= LOG_INTERVAL_NANOS);
    InetAddress host = remote instanceof InetSocketAddress known ? known.getAddress() : OTHERS;
    if (host == null || (logged.size() >= MOST_HOSTS && !logged.containsKey(host))) {
      host = OTHERS;
    }
    if (logged.putIfAbsent(host, nowNanos) != null) {
      return;
    }
    log.warn(
        "Refused a connection: {} {}. So far {} refused; the next line on this host comes in a"
            + " minute at the soonest.",
        remote,
        reason,
        refused.sum());
  }

  /** How many there were. */
  public long refused() {
    return refused.sum();
  }
}
