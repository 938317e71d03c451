package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of connections, and of the table itself. */
abstract class ConnectionContract extends TableContract {
  // ---- connections

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void discover_connectionOfAPool_isGivenBackAsItWas(boolean autoCommit)
      throws IOException, SQLException {
    try (Connection connection = database().connect()) {
      connection.setAutoCommit(autoCommit);
      int isolation = connection.getTransactionIsolation();
      OneConnection pool = new OneConnection(connection);
      JdbcDiscovery a =
          Nodes.started(JdbcDiscovery.builder(pool).table(nodes().table()), "a", "chat", 1);

      a.discover();
      a.discover();

      assertThat(pool.isLent()).isFalse();
      assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
      assertThat(connection.getTransactionIsolation()).isEqualTo(isolation);
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.getQueryTimeout()).isZero();
      }
      // Another connection sees it.
      assertThat(nodes().column("node_number", "a")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void discover_failsOnAConnectionOfAPool_isGivenBackAsItWas(boolean autoCommit)
      throws IOException, SQLException {
    nodes().close();
    try (Connection connection = database().connect()) {
      connection.setAutoCommit(autoCommit);
      OneConnection pool = new OneConnection(connection);
      JdbcDiscovery a =
          Nodes.started(JdbcDiscovery.builder(pool).table(nodes().table()), "a", "chat", 1);

      assertThatThrownBy(a::discover).isInstanceOf(IOException.class);

      assertThat(pool.isLent()).isFalse();
      assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
      nodes().create();
      assertThat(a.discover()).isEmpty();
    }
  }

  @Test
  void discover_rowIsLockedBySomebody_failsAtTheDeadlineAndWorksAfterwards()
      throws IOException, SQLException {
    JdbcDiscovery a = nodes().node("a", builder -> builder.deadline(Duration.ofMillis(500)));
    a.discover();
    try (Connection connection = database().connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("UPDATE " + nodes().table() + " SET address = 'locked:1'");

      long begin = System.nanoTime();
      assertThatThrownBy(a::discover)
          .isInstanceOf(IOException.class)
          .hasMessage("the database did not answer within 0.5 s");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      connection.rollback();
    }

    Waiting.until("the table can be asked again", () -> works(a));
    assertThat(nodes().column("address", "a")).isEqualTo("a.test:7800");
  }

  static boolean works(JdbcDiscovery discovery) {
    try {
      discovery.discover();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  // ---- the table

  @Test
  void discover_tableIsMissing_saysSo() throws SQLException {
    nodes().close();

    assertThatThrownBy(nodes().node("a")::discover)
        .isInstanceOf(IOException.class)
        .hasMessage(
            "table " + nodes().table() + " does not exist; create it as docs/operations.md says");
  }

  @Test
  void discover_tableIsMissingAndMayBeCreated_isCreated() throws IOException, SQLException {
    nodes().close();
    JdbcDiscovery a = nodes().node("a", JdbcDiscovery.Builder::createTableIfMissing);

    assertThat(a.discover()).isEmpty();

    assertThat(nodes().column("node_number", "a")).isEqualTo("1");
  }

  @Test
  void insert_numberOfAnotherNodeOfTheCluster_isRefusedByTheTable() throws SQLException {
    nodes().insert("a", 1, "NULL");

    assertThatThrownBy(() -> nodes().insert("b", 1, "NULL")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> nodes().insert("a", 2, "NULL")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> nodes().insert("c", 0, "NULL")).isInstanceOf(SQLException.class);
  }
}
