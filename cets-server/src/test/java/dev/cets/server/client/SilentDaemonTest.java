package dev.cets.server.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A daemon that is stopped in the middle of its answer, as by SIGSTOP: its socket stays open. */
@Timeout(60)
class SilentDaemonTest {
  private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":1}\n";

  private final CompletableFuture<Socket> connected = new CompletableFuture<>();
  private ServerSocket server;
  private DaemonClient client;

  @BeforeEach
  void start() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::answer);
    client =
        new DaemonClient(
            new DaemonAddress("127.0.0.1", server.getLocalPort()),
            Duration.ofMillis(300),
            Duration.ZERO,
            DaemonTrust.NONE);
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    server.close();
    connected.join().close();
  }

  private void answer() {
    try {
      Socket socket = server.accept();
      connected.complete(socket);
      socket.getOutputStream().write(HALF.getBytes(US_ASCII));
    } catch (IOException e) {
      connected.completeExceptionally(e);
    }
  }

  @Test
  void dump_daemonFallsSilentInIt_failsAfterTheLimitWithWhatCame() {
    var out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> client.dump("places", Map.of(), out))
        .isInstanceOf(DaemonFailure.class)
        .hasMessageContaining("stopped, and did not go on within 0.3 s")
        .hasMessageContaining("not everything");
    assertThat(out).hasToString("{\"id\":1}\n");
  }

  @Test
  void status_daemonFallsSilentInIt_failsAfterTheLimit() {
    assertThatThrownBy(() -> client.status())
        .isInstanceOf(DaemonFailure.class)
        .hasMessageContaining("stopped, and did not go on within 0.3 s");
  }
}
