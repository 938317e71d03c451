package dev.cets.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements over one connection. Each is a transaction of its own, so that no lock is held
 * while something else is waited for, and nodes cannot wait for each other in a circle.
 */
final class NodeTable {
  /** Those that left are among them for as long as their numbers are kept. */
  static final int MAX_ROWS = 10_000;

  private interface Body<T> {
    T run(PreparedStatement statement) throws SQLException;
  }

  private final Connection connection;
  private final Database database;
  private final String table;
  private final int timeoutSeconds;

  /** The database's clock. */
  private final String now;

  /** What is set whenever the node was heard of; takes its milliseconds to live. */
  private final String heard;

  /**
   * Over a connection that commits by itself.
   *
   * @param timeoutSeconds of each statement
   */
  NodeTable(Connection connection, Database database, String table, int timeoutSeconds) {
    this.connection = connection;
    this.database = database;
    this.table = table;
    this.timeoutSeconds = timeoutSeconds;
    now = database.nowMillis();
    heard = "updated_millis = " + now + ", expires_millis = " + now + " + ?";
  }

  /** Creates the table, unless it is there. */
  void create() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(database.createTable(table));
    } catch (SQLException e) {
      if (!SqlProblem.isTableThere(e)) {
        throw e;
      }
    }
  }

  /** The node lives, at this address; false if it has no row in this cluster. */
  boolean refresh(Registration of) throws SQLException {
    return update(
            "UPDATE %s SET address = ?, present = TRUE, "
                + heard
                + " WHERE node_name = ? AND cluster_name = ?",
            of.address(),
            of.expireMillis(),
            of.node(),
            of.cluster())
        == 1;
  }

  /** Takes the node out of whatever cluster it is in, into this one; false if it is in none. */
  boolean move(Registration of, int number) throws SQLException {
    return update(
            "UPDATE %s SET cluster_name = ?, node_number = ?, address = ?, present = TRUE, "
                + heard
                + " WHERE node_name = ?",
            of.cluster(),
            number,
            of.address(),
            of.expireMillis(),
            of.node())
        == 1;
  }

  /** Makes a row for a node that is in no cluster. */
  void insert(Registration of, int number) throws SQLException {
    update(
        "INSERT INTO %s (cluster_name, node_number, address, node_name, present, updated_millis,"
            + " expires_millis) VALUES (?, ?, ?, ?, TRUE, "
            + now
            + ", "
            + now
            + " + ?)",
        of.cluster(),
        number,
        of.address(),
        of.node(),
        of.expireMillis());
  }

  /** The node is gone on purpose and keeps its number; false if it is not at this address. */
  boolean leave(Registration of) throws SQLException {
    return update(
            "UPDATE %s SET present = FALSE, "
                + heard
                + " WHERE node_name = ? AND cluster_name = ? AND address = ?",
            of.expireMillis(),
            of.node(),
            of.cluster(),
            of.address())
        == 1;
  }

  /** Removes the other nodes of the cluster whose time is over, and tells which. */
  List<String> expire(Registration of) throws SQLException {
    String condition =
        " FROM %s WHERE cluster_name = ? AND node_name <> ? AND expires_millis < " + now;
    List<String> expired =
        statement(
            "SELECT node_name" + condition,
            select -> {
              List<String> names = new ArrayList<>();
              try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  names.add(rows.getString(1));
                }
              }
              return names;
            },
            of.cluster(),
            of.node());
    if (!expired.isEmpty()) {
      // Asked again: one of them may have been heard of meanwhile.
      update("DELETE" + condition, of.cluster(), of.node());
    }
    return expired;
  }

  /** All nodes of the cluster. */
  List<Row> rows(String cluster) throws SQLException, IOException {
    List<Row> all =
        statement(
            "SELECT node_name, node_number, address, present FROM %s WHERE cluster_name = ?",
            select -> {
              List<Row> found = new ArrayList<>();
              select.setMaxRows(MAX_ROWS + 1);
              try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                  found.add(
                      new Row(
                          rows.getString(1),
                          rows.getInt(2),
                          rows.getString(3),
                          rows.getBoolean(4)));
                }
              }
              return found;
            },
            cluster);
    if (all.size() > MAX_ROWS) {
      throw new IOException(
          "table %s has more than %d rows of cluster %s".formatted(table, MAX_ROWS, cluster));
    }
    return all;
  }

  private int update(String sql, Object... values) throws SQLException {
    return statement(sql, PreparedStatement::executeUpdate, values);
  }

  private <T> T statement(String sql, Body<T> body, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql.formatted(table))) {
      // With H2 it is the connection's, so the next user would have it.
      int before = statement.getQueryTimeout();
      statement.setQueryTimeout(timeoutSeconds);
      for (int at = 0; at < values.length; at++) {
        statement.setObject(at + 1, values[at]);
      }
      try {
        T result = body.run(statement);
        statement.setQueryTimeout(before);
        return result;
      } catch (SQLException e) {
        restore(statement, before, e);
        throw e;
      }
    }
  }

  private static void restore(PreparedStatement statement, int timeoutSeconds, SQLException why) {
    try {
      statement.setQueryTimeout(timeoutSeconds);
    } catch (SQLException e) {
      why.addSuppressed(e); // the connection is of no use to anybody any more
    }
  }
}
