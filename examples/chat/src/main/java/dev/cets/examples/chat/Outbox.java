package dev.cets.examples.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cets.examples.chat.Audience.Recipient;
import dev.cets.examples.chat.Message.Bye;
import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsCloseCodes;
import io.helidon.websocket.WsSession;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What one browser is told: a bounded queue, and one virtual thread that writes. A browser that
 * does not read holds up nobody; when the queue is full, it is cut off.
 */
final class Outbox implements Recipient {
  static final int MAX_WAITING = 500;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS_BETWEEN_PINGS = 20;

  private final WsSession socket;
  private final Thread reader;
  private final Runnable ended;
  private final BlockingQueue<Message> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread writer = Thread.ofVirtual().unstarted(this::run);
  private volatile boolean closed;

  /** To be made by the thread that reads from the socket. */
  Outbox(WsSession socket, Runnable ended) {
    this.socket = socket;
    this.reader = Thread.currentThread();
    this.ended = ended;
  }

  void start() {
    writer.start();
  }

  @Override
  public void accept(Message message) {
    if (!waiting.offer(message)) {
      writer.interrupt(); // closes the socket that it writes to
    }
  }

  /** The browser has ended the connection, so what waits is for nobody. */
  void close() {
    closed = true;
    writer.interrupt();
  }

  /** Returns when the connection is at its end, which Helidon does not tell of every one. */
  private void run() {
    try {
      int quiet = 0;
      while (reader.isAlive()) {
        Message next = waiting.poll(1, TimeUnit.SECONDS);
        if (next != null) {
          socket.send(JSON.writeValueAsString(next), true);
        } else if (++quiet % SECONDS_BETWEEN_PINGS == 0) {
          socket.ping(BufferData.empty()); // its answer shows that the browser is there
        }
        if (next instanceof Bye) {
          socket.close(WsCloseCodes.NORMAL_CLOSE, "");
          return;
        }
      }
    } catch (InterruptedException | JsonProcessingException | RuntimeException e) {
      if (!closed) {
        reader.interrupt(); // closes the socket that it reads from
      }
    } finally {
      var unused = Thread.interrupted(); // what follows is not to be cut short
      ended.run();
    }
  }
}
