package dev.cets.server.demo;

import dev.cets.server.client.DaemonAddress;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One place in the cluster, held by one process after another. */
final class Member {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(10);
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final String name;
  private final List<String> arguments;
  private final Path log;
  private @Nullable ChildNode process;
  private int port;
  private volatile @Nullable DaemonClient client;

  Member(String name, List<String> arguments, Path log) {
    this.name = name;
    this.arguments = arguments;
    this.log = log;
  }

  String name() {
    return name;
  }

  void start() throws DemoFailure {
    try {
      process = ChildNode.start(name, arguments, log);
    } catch (IOException e) {
      throw new DemoFailure("cannot start a process for node " + name + ": " + e.getMessage());
    }
  }

  void awaitStarted() throws DemoFailure, InterruptedException {
    if (process != null) {
      port = process.awaitPort(START_LIMIT);
      var address = new DaemonAddress("127.0.0.1", process.awaitHttpPort(START_LIMIT));
      client = new DaemonClient(address, REQUEST_LIMIT);
    }
  }

  /** Where the others find it; 0: it was never started. */
  int port() {
    return port;
  }

  /** Null while it is down. */
  @Nullable DaemonClient client() {
    return client;
  }

  boolean isReady() {
    DaemonClient known = client;
    try {
      return known != null && known.isReady();
    } catch (DaemonFailure e) {
      return false;
    }
  }

  boolean isJoinedWith(int others) {
    DaemonClient known = client;
    try {
      return known != null && known.status().path("joinedNodes").size() == others + 1;
    } catch (DaemonFailure e) {
      return false;
    }
  }

  void kill() throws InterruptedException {
    disconnect();
    if (process != null) {
      process.kill();
    }
  }

  void askToLeave() {
    disconnect();
    if (process != null) {
      process.askToLeave();
    }
  }

  void end() throws InterruptedException {
    askToLeave();
    if (process != null) {
      process.awaitEnd(Duration.ofSeconds(5));
    }
  }

  private void disconnect() {
    DaemonClient known = client;
    client = null;
    if (known != null) {
      known.close();
    }
  }
}
