package dev.cets.jgroups;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends to one member on a thread of its own: in a channel that somebody else has set up, a send
 * may wait for a socket, a queue or a connection, and neither the loop nor what goes to other peers
 * may wait with it.
 */
final class Courier {
  /** Beyond what may be under way there are only handshakes and questions; more is dropped. */
  static final int MAX_WAITING_PACKETS = 4 * Outflow.MAX_IN_FLIGHT_PIECES;

  /** Without anything to send for so long the thread ends; the next packet begins another one. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Ends the thread. It is not interrupted: that could close a socket that is not ours. */
  private static final byte[] END = {};

  private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(MAX_WAITING_PACKETS);
  private final String threadName;
  private final Consumer<byte[]> send;

  /** Guarded by this. */
  private @Nullable Thread thread;

  Courier(String threadName, Consumer<byte[]> send) {
    this.threadName = threadName;
    this.send = send;
  }

  /** Never waits for a send. */
  void send(byte[] packet) {
    if (waiting.offer(packet)) {
      synchronized (this) {
        if (thread == null) {
          thread = Thread.ofPlatform().daemon().name(threadName).start(this::run);
        }
      }
    }
  }

  /** Ends for good, after what waits has been sent. */
  void stop() {
    send(END);
  }

  private void run() {
    while (true) {
      byte[] packet = next();
      if (packet != null && packet.length > 0) {
        send.accept(packet);
      } else if (packet != null || isOver()) {
        return;
      }
    }
  }

  private byte @Nullable [] next() {
    try {
      return waiting.poll(IDLE_NANOS, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return END; // nobody of ours interrupts
    }
  }

  private synchronized boolean isOver() {
    if (waiting.isEmpty()) {
      thread = null;
      return true;
    }
    return false;
  }
}
