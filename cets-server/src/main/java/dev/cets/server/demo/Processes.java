package dev.cets.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of the cluster, each a process, with their nodes file in a directory of their own.
 */
final class Processes implements AutoCloseable {
  private static final int ATTEMPTS = 3;

  private final Path directory;
  private final List<Member> members = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Processes(Path directory) {
    this.directory = directory;
  }

  /** Starts so many, and waits until all serve. */
  static Processes start(int count) throws DemoFailure, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Processes started = null;
      try {
        started = new Processes(Files.createTempDirectory("cets-demo"));
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "clean up"));
        started.startMembers(count);
        return started;
      } catch (IOException e) {
        throw new DemoFailure("cannot prepare the nodes: " + e.getMessage());
      } catch (DemoFailure e) {
        if (started != null) {
          started.close();
        }
        // A port that was free a moment ago may be taken by now.
        if (attempt == ATTEMPTS || !String.valueOf(e.getMessage()).contains("in use")) {
          throw e;
        }
      }
    }
  }

  private void startMembers(int count) throws IOException, DemoFailure, InterruptedException {
    List<Integer> ports = FreePorts.pick(count);
    Path nodes = directory.resolve("nodes.txt");
    Files.writeString(
        nodes, ports.stream().map(p -> "127.0.0.1:" + p + "\n").collect(Collectors.joining()));
    for (int i = 0; i < count; i++) {
      String name = "n" + (i + 1);
      members.add(
          new Member(name, arguments(ports.get(i), nodes), directory.resolve(name + ".log")));
    }
    for (Member member : members) {
      member.start();
    }
    for (Member member : members) {
      member.awaitStarted();
    }
  }

  private static List<String> arguments(int port, Path nodes) {
    return List.of(
        "--cluster",
        "demo",
        "--port",
        String.valueOf(port),
        "--http",
        "0",
        "--discovery",
        "file:" + nodes,
        "--table",
        "places:set:id:keep",
        "--table",
        "sessions:set:id");
  }

  List<Member> members() {
    return members;
  }

  /** All ask at once, then all are waited for, so that it takes as long as the slowest. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    members.forEach(Member::askToLeave);
    try {
      for (Member member : members) {
        member.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteDirectory();
  }

  private void deleteDirectory() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // A temporary directory that stays does no harm.
    }
  }
}
