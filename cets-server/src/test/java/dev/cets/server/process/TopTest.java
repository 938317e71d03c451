package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cets.server.cli.Cli;
import dev.cets.server.console.Terminal;
import dev.cets.server.demo.FreePorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code top} against a daemon. */
@Timeout(60)
class TopTest {
  @Test
  void top_once_printsOnePlainFrame() throws Exception {
    try (OneDaemon daemon = new OneDaemon("places:set:id:keep", "people:ordered:id")) {
      daemon.cli("insert", "places", "{\"id\":1}");

      CliRun run = daemon.cli("top", "--once", "--interval", "0.01");

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out().lines().toList())
          .contains("nodes: 1 up, 0 down, 1 joined; tables: 2")
          .anySatisfy(line -> assertThat(line).matches("TABLE +RECORDS +WRITES/S .*"))
          .anySatisfy(line -> assertThat(line).matches("places +1 .*"))
          .anySatisfy(line -> assertThat(line).matches("people +0 .*"));
      assertThat(run.out()).startsWith("n1 of cluster cets, running, ").doesNotContain("\u001b");
    }
  }

  /** The status is that of a daemon, the counters are made up. */
  @Test
  void top_onceAndTheDaemonCounts_showsWhatHappensInASecond() throws Exception {
    var scrapes = new AtomicInteger();
    try (OneDaemon daemon = new OneDaemon("places:set:id:keep");
        var counting = new CountingServer(daemon, scrapes)) {
      CliRun run = CliRun.of("top", "--once", "--interval", "0.01", "--http", counting.port());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(scrapes).hasValue(2);
      assertThat(run.out()).containsPattern("places +0 +[1-9][0-9,]+ +0 ");
    }
  }

  @Test
  void top_daemonUnreachable_namesTheAddress() throws Exception {
    String port = String.valueOf(FreePorts.pick(1).getFirst());

    CliRun run = CliRun.of("top", "--http", port);

    assertThat(run.exitCode()).isOne();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains("cets top: cannot reach", "127.0.0.1:" + port);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void top_withoutATerminal_printsFramesUntilNobodyReadsThem() throws Exception {
    try (OneDaemon daemon = new OneDaemon("places:set:id:keep");
        PrintStream out = new PrintStream(new ThreeFrames(), true, StandardCharsets.UTF_8)) {
      var err = new ByteArrayOutputStream();

      int exitCode =
          Cli.run(
              new Terminal(out, new PrintStream(err, true, StandardCharsets.UTF_8), false, false),
              Map.of(),
              "top",
              "--interval",
              "0.01",
              "--http",
              String.valueOf(daemon.httpPort()));

      assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
      assertThat(exitCode).isZero();
    }
  }

  /** Hands on a daemon's status, and counts a million more writes at each scrape. */
  private static final class CountingServer implements AutoCloseable {
    private final HttpServer server;

    CountingServer(OneDaemon daemon, AtomicInteger scrapes) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/status", exchange -> answer(exchange, status(daemon)));
      server.createContext("/metrics", exchange -> answer(exchange, counters(scrapes)));
      server.start();
    }

    private static String status(OneDaemon daemon) throws IOException {
      try {
        return daemon.send("GET", "/status", "").body();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }

    private static String counters(AtomicInteger scrapes) {
      return """
      # TYPE cets_writes_seconds histogram
      cets_writes_seconds_bucket{table="places",le="0.001"} 1
      cets_writes_seconds_count{operation="insert",result="applied",table="places"} %d
      cets_table_transferred_bytes_total{table="places"} 0.0
      """
          .formatted(1_000_000 * scrapes.incrementAndGet());
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      try (exchange) {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }

    String port() {
      return String.valueOf(server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** A pipe whose reader leaves when it has seen three empty lines after frames. */
  private static final class ThreeFrames extends OutputStream {
    private final StringBuilder seen = new StringBuilder();

    @Override
    public void write(int b) throws IOException {
      seen.append((char) b);
      if (seen.toString().split("of cluster cets", -1).length > 3) {
        throw new IOException("Broken pipe");
      }
    }
  }
}
