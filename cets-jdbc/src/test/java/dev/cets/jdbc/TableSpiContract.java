package dev.cets.jdbc;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ChangingDiscoveryContract;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What every back end must do, with a table that loses and gains rows, and is gone. */
@Timeout(60)
abstract class TableSpiContract extends ChangingDiscoveryContract {
  private static final int FIRST_NUMBER = 100;

  private Nodes nodes;
  private Discovery self;

  abstract TestDatabase database();

  @BeforeEach
  void begin() {
    nodes = new Nodes(database());
    self = nodes.node("self");
  }

  @AfterEach
  void end() throws SQLException {
    if (nodes != null) {
      nodes.close();
    }
  }

  @Override
  protected Discovery knowing(Set<NodeAddress> known) throws SQLException, IOException {
    nodes.create();
    nodes.execute("DELETE FROM " + nodes.table() + " WHERE node_name <> 'self'");
    int number = FIRST_NUMBER;
    for (NodeAddress address : known) {
      nodes.insert("n" + number, number, "'" + address + "'");
      number++;
    }
    return self;
  }

  @Override
  protected void breakSource() throws SQLException {
    nodes.close();
  }
}
