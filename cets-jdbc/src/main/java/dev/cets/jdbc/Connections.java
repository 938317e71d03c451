package dev.cets.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Where connections come from. Whoever takes one closes it. */
@FunctionalInterface
interface Connections {
  /** A connection of its own; may block. */
  Connection open() throws SQLException;
}
