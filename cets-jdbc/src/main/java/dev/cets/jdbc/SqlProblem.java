package dev.cets.jdbc;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an {@link SQLException} means to us, and to the person who reads the status. */
final class SqlProblem {
  /** Of PostgreSQL, of MySQL and most others, and two more of H2. */
  private static final Set<String> MISSING_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

  /** PostgreSQL may also meet the type that belongs to the table first (42710). */
  private static final Set<String> TABLE_EXISTS = Set.of("42P07", "42710", "42S01");

  /** MariaDB's driver begins with it; another number each time would be another line of log. */
  private static final Pattern CONNECTION_NUMBER = Pattern.compile("^\\(conn=-?\\d+\\) ");

  private SqlProblem() {}

  /** Was another node faster, so that it is worth trying again? */
  static boolean isLostRace(SQLException e) {
    String state = state(e);
    return state.startsWith("23") || state.startsWith("40");
  }

  static boolean isMissingTable(SQLException e) {
    return MISSING_TABLE.contains(state(e));
  }

  /** Did another node create the table in the same moment? */
  static boolean isTableThere(SQLException e) {
    return TABLE_EXISTS.contains(state(e)) || isLostRace(e);
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "" : state;
  }

  /** One line, for the status and the log. */
  static IOException told(SQLException e) {
    return new IOException(line(e), e);
  }

  private static String line(SQLException e) {
    String text = firstLine(e.getMessage(), e);
    Throwable cause = e.getCause();
    if (cause != null) {
      String reason = firstLine(cause.getMessage(), cause);
      if (!text.contains(reason)) {
        text += " (" + reason + ")";
      }
    }
    return text;
  }

  private static String firstLine(@Nullable String message, Throwable e) {
    if (message == null || message.isBlank()) {
      return e.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElse("");
    return CONNECTION_NUMBER.matcher(line).replaceFirst("");
  }
}
