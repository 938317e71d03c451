package dev.cets.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cets.testrules.Ports;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server out of Maven artifacts, one for all tests of this JVM. */
final class Postgres implements TestDatabase {
  private static @Nullable Postgres shared;

  private final Path directory = Scratch.directory("cets-postgres");
  private final int port = Ports.free();
  private @Nullable EmbeddedPostgres server;

  private Postgres() {
    start();
    Scratch.atExit(directory, this::stop);
  }

  /** It refuses root, so root needs a name space of users; some containers do not allow that. */
  static synchronized Postgres shared() {
    if (shared == null) {
      assumeTrue(
          !System.getProperty("user.name").equals("root") || works("unshare", "-U", "true"),
          "PostgreSQL does not run as root, and 'unshare -U' is not allowed here");
      shared = new Postgres();
    }
    return shared;
  }

  private static boolean works(String... command) {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
  }

  @Override
  public void start() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(directory.resolve("data"))
              .setCleanDataDirectory(false)
              .setRegisterShutdownHook(false)
              .setPort(port)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    EmbeddedPostgres running = server;
    server = null;
    if (running != null) {
      try {
        running.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
