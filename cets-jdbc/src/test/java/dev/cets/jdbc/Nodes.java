package dev.cets.jdbc;

import dev.cets.spi.Discovery.Self;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A table of one test, the nodes that register in it, and what a person with a console can do. */
final class Nodes implements AutoCloseable {
  private static final AtomicInteger TABLES = new AtomicInteger();

  private final TestDatabase database;
  private final String table = "nodes_" + TABLES.incrementAndGet();

  /** The table is not there yet. */
  Nodes(TestDatabase database) {
    this.database = database;
  }

  String table() {
    return table;
  }

  void create() throws SQLException, IOException {
    try (Connection connection = database.connect()) {
      execute(Database.of(connection).createTable(table));
    }
  }

  JdbcDiscovery.Builder builder() {
    return JdbcDiscovery.builder(database.url(), null, null).table(table);
  }

  /** A node of cluster chat at host NAME.test, port 7800. */
  JdbcDiscovery node(String name) {
    return node(name, builder -> builder);
  }

  JdbcDiscovery node(String name, UnaryOperator<JdbcDiscovery.Builder> settings) {
    return started(settings.apply(builder()), name, "chat", 1);
  }

  JdbcDiscovery node(String name, String cluster, int wireVersion) {
    return started(builder(), name, cluster, wireVersion);
  }

  static JdbcDiscovery started(
      JdbcDiscovery.Builder builder, String name, String cluster, int wireVersion) {
    return started(builder, name, cluster, wireVersion, address(name));
  }

  static JdbcDiscovery started(
      JdbcDiscovery.Builder builder,
      String name,
      String cluster,
      int wireVersion,
      NodeAddress address) {
    JdbcDiscovery discovery = builder.build();
    discovery.started(new Self(name, cluster, wireVersion, address));
    return discovery;
  }

  static NodeAddress address(String name) {
    return new NodeAddress(name + ".test", 7800);
  }

  /** The node's time to live passes by so much faster. */
  void age(String name, Duration by) throws SQLException {
    execute(
        "UPDATE %s SET updated_millis = updated_millis - %d, expires_millis = expires_millis - %d"
                .formatted(table, by.toMillis(), by.toMillis())
            + " WHERE node_name = '"
            + name
            + "'");
  }

  /** What the statement changed. */
  int execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  /** A row that somebody wrote by hand; {@code address} is an SQL literal. */
  void insert(String name, int number, String address) throws SQLException {
    execute(
        ("INSERT INTO %s (node_name, cluster_name, node_number, address, updated_millis,"
                + " expires_millis) VALUES ('%s', 'chat/1', %d, %s, 0, %d)")
            .formatted(table, name, number, address, Long.MAX_VALUE));
  }

  /** Rows of so many nodes, their numbers from the first on. */
  void insertMany(String prefix, int first, int count) throws SQLException {
    StringJoiner rows = new StringJoiner(",");
    for (int number = first; number < first + count; number++) {
      rows.add("('%s%d', 'chat/1', %d, 0, %d)".formatted(prefix, number, number, Long.MAX_VALUE));
    }
    execute(
        ("INSERT INTO %s (node_name, cluster_name, node_number, updated_millis, expires_millis)"
                + " VALUES %s")
            .formatted(table, rows));
  }

  /** One value of the node's row, as text; "none" if there is no row. */
  String column(String column, String name) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT " + column + " FROM " + table + " WHERE node_name = ?")) {
      select.setString(1, name);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? String.valueOf(rows.getString(1)) : "none";
      }
    }
  }

  long millis(String column, String name) throws SQLException {
    return Long.parseLong(column(column, name));
  }

  /** What the database holds to be the time. */
  long now() throws SQLException, IOException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + Database.of(connection).nowMillis())) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    execute("DROP TABLE IF EXISTS " + table);
  }
}
