package dev.cets.jdbc;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A real database. Those that have a process of their own can be stopped and started. */
interface TestDatabase {
  /** Everything that its driver needs. */
  String url();

  /** Ends it; what was committed stays. */
  default void stop() {
    throw new UnsupportedOperationException();
  }

  /** Starts it again, at the same port. */
  default void start() {
    throw new UnsupportedOperationException();
  }

  /** A new connection. */
  default Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }
}
