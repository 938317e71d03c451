package dev.cets.jdbc;

import org.junit.jupiter.api.Nested;

class H2ServerTest {
  @Nested
  class Registration extends RegistrationContract {
    @Override
    TestDatabase database() {
      return H2Server.shared();
    }
  }

  @Nested
  class Lifetime extends LifetimeContract {
    @Override
    TestDatabase database() {
      return H2Server.shared();
    }
  }

  @Nested
  class Connections extends ConnectionContract {
    @Override
    TestDatabase database() {
      return H2Server.shared();
    }
  }

  @Nested
  class Outage extends OutageContract {
    @Override
    TestDatabase database() {
      return H2Server.shared();
    }
  }

  @Nested
  class Spi extends TableSpiContract {
    @Override
    TestDatabase database() {
      return H2Server.shared();
    }
  }
}
