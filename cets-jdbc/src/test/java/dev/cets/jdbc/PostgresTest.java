package dev.cets.jdbc;

import static dev.cets.jdbc.Nodes.address;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("the PostgreSQL server")
class PostgresTest {
  private static final long YEAR_2010 = 1_262_304_000_000L;

  @Nested
  class Registration extends RegistrationContract {
    @Override
    TestDatabase database() {
      return Postgres.shared();
    }
  }

  @Nested
  class Lifetime extends LifetimeContract {
    @Override
    TestDatabase database() {
      return Postgres.shared();
    }

    /** A function that stands before that of the system, for those who look there first. */
    @Test
    void discover_databasesClockIsTwentyYearsBehind_itIsTheOneThatCounts()
        throws IOException, SQLException {
      nodes().execute("CREATE SCHEMA IF NOT EXISTS behind");
      nodes()
          .execute(
              "CREATE OR REPLACE FUNCTION behind.clock_timestamp() RETURNS timestamptz LANGUAGE sql"
                  + " AS $$ SELECT pg_catalog.clock_timestamp() - interval '20 years' $$");
      String url = database().url() + "&currentSchema=behind,pg_catalog,public";
      JdbcDiscovery.Builder behind = JdbcDiscovery.builder(url, null, null).table(nodes().table());

      Nodes.started(behind, "a", "chat", 1).discover();

      assertThat(nodes().millis("updated_millis", "a")).isLessThan(YEAR_2010);
      assertThat(Nodes.started(behind, "b", "chat", 1).discover()).containsExactly(address("a"));
      assertThat(nodes().node("c").discover()).isEmpty();
    }
  }

  @Nested
  class Connections extends ConnectionContract {
    @Override
    TestDatabase database() {
      return Postgres.shared();
    }
  }

  @Nested
  class Outage extends OutageContract {
    @Override
    TestDatabase database() {
      return Postgres.shared();
    }
  }

  @Nested
  class Spi extends TableSpiContract {
    @Override
    TestDatabase database() {
      return Postgres.shared();
    }
  }
}
