package dev.cets.server.http;

import dev.cets.CetsException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a node over HTTP. Started before the node, so that a port in use is known first. */
public final class HttpInterface implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpInterface.class);

  /** A key of 1 KiB may have three characters for each byte, beside the rest of the line. */
  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;

  private static final int MAX_HEADERS_BYTES = 16 * 1024;
  private static final int MAX_CONNECTIONS = 4096;
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Watchers watchers;
  private final Router router;
  private final WebServer server;

  private HttpInterface(String host, int port, WatchTimes times) {
    watchers = new Watchers(times);
    router = new Router(watchers);
    server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .maxTcpConnections(MAX_CONNECTIONS)
            .idleConnectionTimeout(IDLE_LIMIT)
            .addProtocol(
                Http1Config.builder()
                    .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                    .maxHeadersSize(MAX_HEADERS_BYTES)
                    .build())
            .directHandlers(HttpInterface::directHandlers)
            .routing(this::routing)
            .build();
  }

  /**
   * Opens the port; 0 for any free one.
   *
   * @throws IOException if it cannot, such as when the port is in use
   */
  public static HttpInterface start(String host, int port) throws IOException {
    return start(host, port, WatchTimes.DEFAULTS);
  }

  static HttpInterface start(String host, int port, WatchTimes times) throws IOException {
    requireFree(host, port);
    var opened = new HttpInterface(host, port, times);
    opened.server.start();
    if (!opened.server.isRunning()) {
      throw new IOException("cannot serve HTTP on %s port %d".formatted(host, port));
    }
    return opened;
  }

  /** Helidon only logs why it cannot start. */
  private static void requireFree(String host, int port) throws IOException {
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      throw new IOException(
          "cannot serve HTTP on %s: the name does not resolve".formatted(host), e);
    } catch (IOException e) {
      throw new IOException(
          "cannot serve HTTP on %s port %d: %s".formatted(host, port, e.getMessage()), e);
    }
  }

  /** Answers for this node from now on. */
  public void serve(NodeView node) {
    router.serve(node);
  }

  /** The real port. */
  public int port() {
    return server.port();
  }

  /** Tells watchers that this is the end, and lets running requests end for at most a second. */
  @Override
  public void close() {
    watchers.close();
    server.stop();
  }

  private void routing(HttpRouting.Builder routing) {
    routing
        .any(router::handle)
        .error(ProblemException.class, (req, res, e) -> Answers.problem(res, e.problem()))
        .error(CetsException.class, (req, res, e) -> Answers.problem(res, Problem.of(e)))
        .error(
            Exception.class,
            (req, res, e) -> {
              log.error("{} {} failed", req.prologue().method(), req.path().rawPath(), e);
              Answers.problem(res, Problem.internal());
            });
  }

  /** For requests that are refused before they reach the routing. */
  private static void directHandlers(DirectHandlers.Builder handlers) {
    DirectHandler handler =
        (request, event, status, headers, message) -> {
          int code = status.code();
          Problem problem =
              code == 413
                  ? Problem.tooLarge(message)
                  : code < 500 ? Problem.badRequest(message) : Problem.internal();
          return DirectHandler.TransportResponse.builder()
              .status(status)
              .headers(headers)
              .header(HeaderNames.CONTENT_TYPE, Answers.PROBLEM_TYPE)
              .keepAlive(false)
              .entity(problem.json())
              .build();
        };
    for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
      handlers.addHandler(event, handler);
    }
  }
}
