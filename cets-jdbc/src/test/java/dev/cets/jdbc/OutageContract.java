package dev.cets.jdbc;

import static dev.cets.jdbc.Nodes.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A database whose process ends, and begins again. */
@Timeout(120)
abstract class OutageContract {
  private boolean stopped;

  abstract TestDatabase database();

  @AfterEach
  void startAgain() {
    if (stopped) {
      database().start();
    }
  }

  @Test
  void discover_databaseIsStoppedAndStarted_failsInOneLineAndWorksAgain()
      throws IOException, SQLException {
    try (Nodes nodes = new Nodes(database())) {
      nodes.create();
      nodes.insert("x", 1, "'x.test:7800'");
      JdbcDiscovery a = nodes.node("a");
      assertThat(a.discover()).containsExactly(address("x"));

      database().stop();
      stopped = true;
      for (int question = 0; question < 3; question++) {
        assertThatThrownBy(a::discover)
            .isInstanceOf(IOException.class)
            .hasMessageContaining("onnect")
            .extracting(Throwable::getMessage)
            .asString()
            .hasSizeLessThan(350)
            .doesNotContain("\n", "\r", "deadline", "hangs");
      }
      assertThat(a.number()).hasValue(2);
      assertThatThrownBy(a::stopped).isInstanceOf(IOException.class);

      database().start();
      stopped = false;
      assertThat(a.discover()).containsExactly(address("x"));
      assertThat(a.number()).hasValue(2);
    }
  }
}
