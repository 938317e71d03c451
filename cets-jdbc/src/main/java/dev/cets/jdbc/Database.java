package dev.cets.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What differs between database products: how they tell the time, and how they declare the table.
 */
enum Database {
  /** Not {@code CURRENT_TIMESTAMP}: that is the start of a transaction, which a pool may hold. */
  POSTGRESQL("CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)"),

  /** MariaDB too. In UTC, so that no hour of the autumn comes twice. */
  MYSQL("(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)"),

  H2("CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)");

  /** As it stands in the files of the schema. */
  private static final String DEFAULT_TABLE = JdbcDiscovery.DEFAULT_TABLE;

  private final String nowMillis;

  Database(String nowMillis) {
    this.nowMillis = nowMillis;
  }

  /** The database's clock, as an expression: milliseconds since 1970. */
  String nowMillis() {
    return nowMillis;
  }

  /** What the connection leads to. */
  static Database of(Connection connection) throws SQLException, IOException {
    String product = connection.getMetaData().getDatabaseProductName();
    Database known = named(product);
    if (known == null) {
      throw new IOException(
          "the database is " + product + "; PostgreSQL, MySQL, MariaDB and H2 are supported");
    }
    return known;
  }

  private static @Nullable Database named(String product) {
    return switch (product.toLowerCase(Locale.ROOT)) {
      case "postgresql" -> POSTGRESQL;
      case "mysql", "mariadb" -> MYSQL;
      case "h2" -> H2;
      default -> null;
    };
  }

  /** The statement that creates the table, unless it is there. */
  String createTable(String table) {
    String file = name().toLowerCase(Locale.ROOT) + ".sql";
    try (InputStream in = Database.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(file + " is not in the jar of this library");
      }
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--"))
          .collect(joining("\n"))
          .replace(DEFAULT_TABLE, table);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
