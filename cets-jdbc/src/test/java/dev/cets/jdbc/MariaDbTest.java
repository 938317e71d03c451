package dev.cets.jdbc;

import static dev.cets.jdbc.Nodes.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MariaDbTest {
  private static final long SECONDS_OF_2001 = 1_000_000_000;

  @Nested
  class Registration extends RegistrationContract {
    @Override
    TestDatabase database() {
      return MariaDb.shared();
    }
  }

  @Nested
  class Lifetime extends LifetimeContract {
    @Override
    TestDatabase database() {
      return MariaDb.shared();
    }

    @Test
    void discover_databasesClockIsOf2001_itIsTheOneThatCounts() throws IOException, SQLException {
      String url = database().url() + "&sessionVariables=timestamp=" + SECONDS_OF_2001;
      JdbcDiscovery.Builder behind = JdbcDiscovery.builder(url, null, null).table(nodes().table());

      Nodes.started(behind, "a", "chat", 1).discover();

      assertThat(nodes().millis("updated_millis", "a")).isEqualTo(SECONDS_OF_2001 * 1_000);
      assertThat(Nodes.started(behind, "b", "chat", 1).discover()).containsExactly(address("a"));
      assertThat(nodes().node("c").discover()).isEmpty();
    }
  }

  @Nested
  class Connections extends ConnectionContract {
    @Override
    TestDatabase database() {
      return MariaDb.shared();
    }
  }

  @Nested
  class Outage extends OutageContract {
    @Override
    TestDatabase database() {
      return MariaDb.shared();
    }
  }

  @Nested
  class Spi extends TableSpiContract {
    @Override
    TestDatabase database() {
      return MariaDb.shared();
    }
  }
}
