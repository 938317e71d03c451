package dev.cets.examples.chat;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsRouting;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;

/** Serves a chat over HTTP, on 127.0.0.1: the page at {@code /}, sockets at {@code /chat}. */
final class ChatServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int MAX_SOCKETS = 1_000;

  /** Pages are loaded beside sockets, and who is one too many is told so. */
  private static final int MAX_CONNECTIONS = 2 * MAX_SOCKETS;

  /** A line of 2,000 characters fits, however it is written in JSON. */
  private static final int MAX_FRAME_BYTES = 32 * 1024;

  /** Who sends nothing for so long, not even answers to pings, is gone. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  private final WebServer server;

  private ChatServer(Chat chat, int port) {
    var places = new Semaphore(MAX_SOCKETS);
    server =
        WebServer.builder()
            .host(HOST)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(Duration.ofSeconds(1))
            .maxTcpConnections(MAX_CONNECTIONS)
            .connectionOptions(options -> options.readTimeout(SILENCE_LIMIT))
            .idleConnectionTimeout(SILENCE_LIMIT)
            .addProtocol(WsConfig.builder().maxFrameLength(MAX_FRAME_BYTES).build())
            .routing(routing -> routing.register("/", new Page()))
            .addRouting(WsRouting.builder().endpoint("/chat", () -> new ChatSocket(chat, places)))
            .build();
  }

  /** Listens on this port; 0 is any free one. */
  static ChatServer start(Chat chat, int port) throws IOException {
    var started = new ChatServer(chat, port);
    started.server.start();
    if (!started.server.isRunning()) { // Helidon only logs why
      throw new IOException("cannot serve HTTP on %s port %d: see the log".formatted(HOST, port));
    }
    return started;
  }

  /** Where browsers find it. */
  String url() {
    return "http://%s:%d/".formatted(HOST, server.port());
  }

  @Override
  public void close() {
    server.stop();
  }
}
