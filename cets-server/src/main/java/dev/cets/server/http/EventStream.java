package dev.cets.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Server-sent events, each one line of JSON. Safe for use by several threads.
 *
 * <p>Whatever writes blocks for as long as the client does not read.
 */
final class EventStream {
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile long begunNanos;

  EventStream(OutputStream out) {
    this.out = out;
  }

  /** Writes these events. */
  void send(JsonNode... events) throws IOException {
    writing.lock();
    try {
      write(events);
    } finally {
      writing.unlock();
    }
  }

  /** Writes an event unless another write is under way; it is made only if it is written. */
  void sendIfFree(Supplier<? extends JsonNode> event) throws IOException {
    if (writing.tryLock()) {
      try {
        write(event.get());
      } finally {
        writing.unlock();
      }
    }
  }

  /** Writes an event if no other write is stuck for so long. */
  void sendLast(JsonNode event, Duration patience) throws IOException, InterruptedException {
    if (writing.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
      try {
        write(event);
      } finally {
        writing.unlock();
      }
    }
  }

  /** Shows the client that this side is there, unless events do so at the moment. */
  void beat() throws IOException {
    if (writing.tryLock()) {
      try {
        begunNanos = System.nanoTime();
        out.write(COMMENT);
        out.flush();
      } finally {
        writing.unlock();
      }
    }
  }

  /** Has the client not taken what is being written for so long? Does not wait. */
  boolean isStuck(Duration patience) {
    return writing.isLocked() && System.nanoTime() - begunNanos > patience.toNanos();
  }

  private void write(JsonNode... events) throws IOException {
    for (JsonNode event : events) {
      begunNanos = System.nanoTime();
      out.write(DATA);
      out.write(Json.bytes(event));
      out.write(END);
    }
    out.flush();
  }
}
