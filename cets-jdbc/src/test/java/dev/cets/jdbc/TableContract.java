package dev.cets.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Each test has a table of its own in a database that is shared. */
@Timeout(60)
abstract class TableContract {
  private Nodes nodes;

  abstract TestDatabase database();

  @BeforeEach
  void createTable() throws SQLException, IOException {
    nodes = new Nodes(database());
    nodes.create();
  }

  @AfterEach
  void dropTable() throws SQLException {
    if (nodes != null) {
      nodes.close();
    }
  }

  final Nodes nodes() {
    return nodes;
  }
}
