package dev.cets.server.cli;

import dev.cets.server.daemon.JdbcSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What discovery by a database needs beside its URL. */
@SuppressWarnings("NullAway.Init") // the fields are filled from the command line
final class JdbcOptions {
  @Option(
      names = "--jdbc-user",
      paramLabel = "NAME",
      description = "The user of the database of --discovery jdbc:URL, if the URL does not say it.")
  private @Nullable String user;

  /** Comes by the environment or the file of settings alone, see {@link NodeOptions}. */
  @Option(names = NodeOptions.PASSWORD, hidden = true)
  private @Nullable String password;

  @Option(
      names = "--jdbc-password-file",
      paramLabel = "FILE",
      converter = NodeConverters.Password.class,
      description = {
        "A file with that user's password and nothing else. The password itself can be given by",
        "CETS_JDBC_PASSWORD, or as jdbc-password in the file of --config, and not on the command",
        "line."
      })
  private @Nullable String passwordOfFile;

  @Option(
      names = "--jdbc-table",
      paramLabel = "NAME",
      defaultValue = JdbcSettings.DEFAULT_TABLE,
      converter = NodeConverters.JdbcTable.class,
      description = "The table of nodes (default: ${DEFAULT-VALUE}).")
  private String table;

  @Option(
      names = "--jdbc-create-table",
      paramLabel = "true|false",
      arity = "1",
      defaultValue = "false",
      converter = NodeConverters.YesOrNo.class,
      description = "Whether that table is created if it is missing (default: ${DEFAULT-VALUE}).")
  private Boolean createTable;

  @Option(
      names = "--jdbc-expire",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = NodeConverters.JdbcExpiry.class,
      description = {
        "How long this node's row, and so its number, stands without being refreshed (default:",
        "${DEFAULT-VALUE})."
      })
  private Duration expireAfter;

  /**
   * All of them.
   *
   * @throws IllegalArgumentException if they do not go together
   */
  JdbcSettings settings() {
    if (password != null && passwordOfFile != null) {
      throw new IllegalArgumentException(
          "jdbc-password and jdbc-password-file are both given; one of them is allowed");
    }
    return new JdbcSettings(
        user, password == null ? passwordOfFile : password, table, createTable, expireAfter);
  }
}
