package dev.cets.jdbc;

import dev.cets.testrules.Ports;
import java.sql.SQLException;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/** H2 behind a socket, one for all tests of this JVM. */
final class H2Server implements TestDatabase {
  private static @Nullable H2Server shared;

  private final int port = Ports.free();
  private @Nullable Server server;

  private H2Server() {
    start();
  }

  static synchronized H2Server shared() {
    if (shared == null) {
      shared = new H2Server();
    }
    return shared;
  }

  @Override
  public String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + port + "/mem:served;DB_CLOSE_DELAY=-1";
  }

  @Override
  public void start() {
    try {
      server =
          Server.createTcpServer("-tcpPort", Integer.toString(port), "-tcpDaemon", "-ifNotExists")
              .start();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    Server running = server;
    server = null;
    if (running != null) {
      running.stop();
    }
  }
}
