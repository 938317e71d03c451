package dev.cets.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cets.testrules.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server, one for all tests of this JVM: the program of the Debian package
 * mariadb-server-core, which installs no service. It needs no users, so it is not given the tables
 * of users either.
 */
final class MariaDb implements TestDatabase {
  private static final long START_SECONDS = 30;
  private static final long STOP_SECONDS = 20;
  private static @Nullable MariaDb shared;

  private final Path program;
  private final Path directory = Scratch.directory("cets-mariadb");
  private final int port = Ports.free();
  private @Nullable Process server;

  private MariaDb(Path program) throws IOException, SQLException {
    this.program = program;
    Files.createDirectory(directory.resolve("data"));
    start();
    Scratch.atExit(directory, this::stop);
    try (Connection connection = DriverManager.getConnection(url(""));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE cets");
    }
  }

  /** The tests that want it are skipped where it is not installed. */
  static synchronized MariaDb shared() {
    if (shared == null) {
      Path program = installed();
      assumeTrue(
          program != null, "mariadbd is not installed; Debian's package is mariadb-server-core");
      try {
        shared = new MariaDb(program);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return shared;
  }

  private static @Nullable Path installed() {
    Stream<String> path =
        Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
            Stream.of("/usr/sbin"));
    return path.map(directory -> Path.of(directory, "mariadbd"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  private String url(String database) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + database + "?user=root";
  }

  @Override
  public String url() {
    return url("cets");
  }

  @Override
  public void start() {
    try {
      Process started =
          new ProcessBuilder(
                  program.toString(),
                  "--no-defaults",
                  "--skip-grant-tables",
                  "--user=" + System.getProperty("user.name"),
                  "--datadir=" + directory.resolve("data"),
                  "--socket=" + directory.resolve("socket"),
                  "--pid-file=" + directory.resolve("pid"),
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--innodb-log-file-size=8M",
                  "--innodb-buffer-pool-size=16M")
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("log").toFile())
              .start();
      server = started;
      awaitAnswer(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer(Process started) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try (Connection connection = DriverManager.getConnection(url(""))) {
        assertThat(connection.isValid(1)).isTrue();
        return;
      } catch (SQLException e) {
        boolean late = System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(START_SECONDS);
        if (late || !started.isAlive()) {
          List<String> log = Files.readAllLines(directory.resolve("log"));
          throw new IOException("MariaDB does not answer: " + log, e);
        }
        Waiting.shortly();
      }
    }
  }

  @Override
  public void stop() {
    Process running = server;
    server = null;
    if (running != null) {
      running.destroy();
      try {
        if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          running.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        running.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
