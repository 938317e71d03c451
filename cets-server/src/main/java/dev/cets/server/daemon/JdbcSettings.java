package dev.cets.server.daemon;

import dev.cets.jdbc.JdbcDiscovery;
import dev.cets.spi.Discovery;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What a URL of a database does not say about its table of nodes.
 *
 * @param user null: the URL says it
 * @param password null: the URL says it, or none is needed
 * @param table its name
 * @param createTable whether it may be created
 * @param expireAfter how long a node's row stands without being refreshed
 */
public record JdbcSettings(
    @Nullable String user,
    @Nullable String password,
    String table,
    boolean createTable,
    Duration expireAfter) {
  /** The table, unless another is named. */
  public static final String DEFAULT_TABLE = "cets_discovery_nodes";

  /** How long a row stands, unless told. */
  public static final Duration DEFAULT_EXPIRY = Duration.ofHours(1);

  /** Of a database whose driver is always there; nothing connects to it. */
  private static final String ANY_URL = "jdbc:postgresql:any";

  /**
   * PostgreSQL's driver prints a line, with the whole URL, for some of the errors that it throws as
   * well. Kept, since a logger that nobody keeps forgets its level.
   */
  private static final Logger DRIVER_LOG = Logger.getLogger("org.postgresql");

  static {
    DRIVER_LOG.setLevel(Level.OFF);
  }

  /** Checks the parts. */
  public JdbcSettings {
    var unused = JdbcDiscovery.builder(ANY_URL, null, null).table(table).expireAfter(expireAfter);
  }

  /** What it is with everything left out. */
  public static JdbcSettings defaults() {
    return new JdbcSettings(null, null, DEFAULT_TABLE, false, DEFAULT_EXPIRY);
  }

  /** The same with another table. */
  public JdbcSettings withTable(String name) {
    return new JdbcSettings(user, password, name, createTable, expireAfter);
  }

  /** The same with another time. */
  public JdbcSettings withExpireAfter(Duration time) {
    return new JdbcSettings(user, password, table, createTable, time);
  }

  /**
   * Discovery over the table of this database. Does not connect.
   *
   * @throws IllegalArgumentException if no driver that is there takes the URL; shows none of its
   *     secrets
   */
  Discovery backEnd(String url) {
    JdbcDiscovery.Builder builder =
        JdbcDiscovery.builder(url, user, password).table(table).expireAfter(expireAfter);
    return (createTable ? builder.createTableIfMissing() : builder).build();
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "JdbcSettings[user=%s, table=%s, createTable=%s, expireAfter=%s]"
        .formatted(user, table, createTable, expireAfter);
  }
}
