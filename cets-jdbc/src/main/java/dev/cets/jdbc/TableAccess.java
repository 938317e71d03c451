package dev.cets.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings work to the table: takes a connection, has it commit by itself, and gives it back as it
 * was.
 */
final class TableAccess {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.discovery");

  /** What is to be done. */
  @FunctionalInterface
  interface Work<T> {
    T on(NodeTable table) throws SQLException, IOException;
  }

  private final Connections connections;
  private final String table;
  private final boolean createIfMissing;
  private final Errand errand = new Errand();

  TableAccess(Connections connections, String table, boolean createIfMissing) {
    this.connections = connections;
    this.table = table;
    this.createIfMissing = createIfMissing;
  }

  /**
   * Does the work; blocks for no longer than the limit. One caller at a time.
   *
   * @throws IOException if it could not be done; one line for people
   */
  <T> T ask(Duration limit, Work<T> work) throws IOException {
    int timeoutSeconds = Math.toIntExact(Math.max(1, limit.toSeconds()));
    return errand.run(limit, () -> connected(timeoutSeconds, work));
  }

  boolean isAsked() {
    return errand.isUnderWay();
  }

  private <T> T connected(int timeoutSeconds, Work<T> work) throws SQLException, IOException {
    try (Connection connection = connections.open()) {
      NodeTable nodes = new NodeTable(connection, Database.of(connection), table, timeoutSeconds);
      if (connection.getAutoCommit()) {
        return created(nodes, work);
      }
      connection.setAutoCommit(true);
      T result;
      try {
        result = created(nodes, work);
      } catch (SQLException | IOException | RuntimeException e) {
        restore(connection, e);
        throw e;
      }
      connection.setAutoCommit(false);
      return result;
    }
  }

  private static void restore(Connection connection, Exception why) {
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      why.addSuppressed(e); // it is broken, so its pool throws it away
    }
  }

  private <T> T created(NodeTable nodes, Work<T> work) throws SQLException, IOException {
    try {
      return work.on(nodes);
    } catch (SQLException e) {
      if (!SqlProblem.isMissingTable(e)) {
        throw e;
      }
      if (!createIfMissing) {
        throw new IOException(
            "table " + table + " does not exist; create it as docs/operations.md says", e);
      }
    }
    nodes.create();
    LOG.info("table {} of discovery is created", table);
    return work.on(nodes);
  }
}
