package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody accepts the connection and never says a word. */
@Timeout(60)
class HangingDatabaseTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);

  /** Much more than the deadline, for a machine that is busy; much less than drivers wait. */
  private static final Duration SOON = Duration.ofSeconds(8);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:%d/cets?user=u",
        "jdbc:mariadb://127.0.0.1:%d/cets?user=u",
        "jdbc:h2:tcp://127.0.0.1:%d/mem:cets"
      })
  void discover_serverSaysNothing_failsAtTheDeadlineEachTime(String url) throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      JdbcDiscovery a =
          Nodes.started(
              JdbcDiscovery.builder(url.formatted(silent.getLocalPort()), null, null)
                  .deadline(DEADLINE),
              "a",
              "chat",
              1);

      for (int question = 0; question < 3; question++) {
        long begin = System.nanoTime();
        assertThatThrownBy(a::discover)
            .isInstanceOf(IOException.class)
            .hasMessage("the database did not answer within 0.3 s");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(DEADLINE, SOON);
        awaitNothingUnderWay(a);
      }
      assertThatThrownBy(a::stopped)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("did not answer");
    }
  }

  /** The driver lets its socket go, so that nothing stays behind. */
  private static void awaitNothingUnderWay(JdbcDiscovery a) {
    Waiting.until("the driver has come back", () -> !a.isAsking());
  }
}
