package dev.cets.server.http;

import dev.cets.CetsException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a node over HTTP. Started before the node, so that a port in use is known first. */
public final class HttpInterface implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpInterface.class);

  /** A key of 1 KiB may have three characters for each byte, beside the rest of the line. */
  private static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;

  private static final int MAX_HEADERS_BYTES = 16 * 1024;
  private static final int MAX_CONNECTIONS = 4096;
  private static final int MAX_REQUESTS = 256;
  private static final long MAX_BODY_BYTES = 1L << 30;

  /** Of a connection in whose request nothing comes. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

  private static final Duration GRACE = Duration.ofSeconds(1);

  private final Refusals refusals = new Refusals();
  private final SlowHeads heads;
  private final TokenLooks tokens;
  private final Watchers watchers;
  private final Router router;
  private final WebServer server;

  private HttpInterface(
      String host, int port, HttpSecurity security, WatchTimes watching, HttpTimes times) {
    watchers = new Watchers(watching);
    heads = new SlowHeads(times.head(), refusals);
    tokens = new TokenLooks(security.tokens(), times.tokens());
    router = new Router(watchers, new Access(security.tokens(), refusals), refusals);
    WebServerConfig.Builder builder =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .shutdownGracePeriod(GRACE)
            .maxTcpConnections(MAX_CONNECTIONS)
            .maxConcurrentRequests(MAX_REQUESTS)
            .maxPayloadSize(MAX_BODY_BYTES)
            .connectionOptions(options -> options.readTimeout(SILENCE_LIMIT))
            .idleConnectionTimeout(times.idle())
            .idleConnectionPeriod(times.look())
            .addConnectionSelector(
                new AtOnce(
                    Http1Config.builder()
                        .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                        .maxHeadersSize(MAX_HEADERS_BYTES)
                        .addReceiveListener(heads)
                        .build()))
            .directHandlers(this::directHandlers)
            .routing(this::routing);
    SSLContext tls = security.tls();
    if (tls != null) {
      builder.tls(config -> config.sslContext(tls));
    }
    server = builder.build();
  }

  /**
   * Opens the port; 0 for any free one.
   *
   * @throws IOException if it cannot, such as when the port is in use
   */
  public static HttpInterface start(String host, int port, HttpSecurity security)
      throws IOException {
    return start(host, port, security, WatchTimes.DEFAULTS, HttpTimes.DEFAULTS);
  }

  static HttpInterface start(
      String host, int port, HttpSecurity security, WatchTimes watching, HttpTimes times)
      throws IOException {
    requireFree(host, port);
    var opened = new HttpInterface(host, port, security, watching, times);
    opened.server.start();
    if (!opened.server.isRunning()) {
      opened.close();
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

  /** How many requests were refused for who sent them, or how. */
  public long refusedRequests() {
    return refusals.count();
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
    heads.close();
    tokens.close();
  }

  private void routing(HttpRouting.Builder routing) {
    routing
        .any(router::handle)
        .error(ProblemException.class, (req, res, e) -> refused(req, res, e.problem()))
        .error(CetsException.class, (req, res, e) -> Answers.problem(res, Problem.of(e)))
        .error(
            Exception.class,
            (req, res, e) -> {
              log.error("{} {} failed", req.prologue().method(), req.path().rawPath(), e);
              Answers.problem(res, Problem.internal());
            });
  }

  /** A body that nobody reads is not waited for. */
  private void refused(ServerRequest request, ServerResponse response, Problem problem) {
    switch (problem.status()) {
      case 401 -> response.header("WWW-Authenticate", "Bearer").header("Connection", "close");
      case 403 -> response.header("Connection", "close");
      case 408 -> {
        refusals.add(request.remotePeer().host(), problem.detail());
        response.header("Connection", "close");
      }
      default -> {}
    }
    Answers.problem(response, problem);
  }

  /** For requests that are refused before they reach the routing. */
  private void directHandlers(DirectHandlers.Builder handlers) {
    DirectHandler handler =
        (request, event, status, headers, message) -> {
          int code = status.code();
          refusals.add("somebody", message);
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
