package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testrules.Ports;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What happens every day is no reason for warnings of JGroups, and none for stack traces. */
@Isolated("reads what all log")
class QuietTest {
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

  @BeforeEach
  void listen() {
    lines.start();
    root.addAppender(lines);
  }

  @AfterEach
  void end() {
    root.detachAppender(lines);
  }

  private List<ILoggingEvent> complaints() {
    return List.copyOf(lines.list).stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .toList();
  }

  @Test
  void peers_comeAndGo_nothingIsLogged() throws IOException {
    NodeAddress nobody = new NodeAddress("127.0.0.1", Ports.free());
    try (JGroupsTransport a = JGroupsTransport.port(0)) {
      Heard heard = new Heard();
      a.start("a", heard);
      NodeAddress place = new NodeAddress("127.0.0.1", Ports.free());
      a.seek(Set.of(nobody, place));
      for (int round = 1; round <= 3; round++) {
        int rounds = round;
        JGroupsTransport b = JGroupsTransport.port(place.port());
        b.start("b", new Heard());
        ThreadedCluster.until(() -> heard.connected.size() == rounds);
        b.close();
        ThreadedCluster.until(() -> heard.disconnected.size() == rounds);
      }
      ThreadedCluster.until(() -> heard.unreachable.size() >= 5);
    }

    assertThat(complaints()).isEmpty();
  }
}
