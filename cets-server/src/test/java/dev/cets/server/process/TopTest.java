package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.cli.Cli;
import dev.cets.server.console.Terminal;
import dev.cets.testrules.HeldPorts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
          .anySatisfy(line -> assertThat(line).matches("places +1 +[0-9].*"))
          .anySatisfy(line -> assertThat(line).matches("people +0 .*"));
      assertThat(run.out()).startsWith("n1 of cluster cets, running, ").doesNotContain("\u001b");
    }
  }

  @Test
  void top_daemonUnreachable_namesTheAddress() throws Exception {
    try (HeldPorts ports = HeldPorts.of(1)) {
      CliRun run = CliRun.of("top", "--http", String.valueOf(ports.port()));

      assertThat(run.exitCode()).isOne();
      assertThat(run.err().lines()).hasSize(1);
      assertThat(run.err()).contains("cets top: cannot reach", "127.0.0.1:" + ports.port());
      assertThat(run.out()).isEmpty();
    }
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
