package dev.cets.jdbc;

import org.junit.jupiter.api.Nested;

class H2MemoryTest {
  @Nested
  class Registration extends RegistrationContract {
    @Override
    TestDatabase database() {
      return new H2Memory();
    }
  }

  @Nested
  class Lifetime extends LifetimeContract {
    @Override
    TestDatabase database() {
      return new H2Memory();
    }
  }

  @Nested
  class Connections extends ConnectionContract {
    @Override
    TestDatabase database() {
      return new H2Memory();
    }
  }

  @Nested
  class Spi extends TableSpiContract {
    @Override
    TestDatabase database() {
      return new H2Memory();
    }
  }
}
