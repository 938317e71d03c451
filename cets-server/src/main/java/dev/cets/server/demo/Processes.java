package dev.cets.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The members of the cluster, each a process, with their nodes file in a directory of their own.
 * Each takes a free port and tells it, and then the file tells it to the others: a port that was
 * chosen before could be somebody else's by then.
 */
final class Processes implements AutoCloseable {
  private final Path directory;
  private final List<Member> members = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Processes(Path directory) {
    this.directory = directory;
  }

  /** Starts so many, and waits until all serve. */
  static Processes start(int count) throws DemoFailure, InterruptedException {
    Processes started;
    try {
      started = new Processes(Files.createTempDirectory("cets-demo"));
    } catch (IOException e) {
      throw new DemoFailure("cannot prepare the nodes: " + e.getMessage());
    }
    Runtime.getRuntime().addShutdownHook(new Thread(started::close, "clean up"));
    try {
      started.startMembers(count);
      return started;
    } catch (DemoFailure | InterruptedException e) {
      started.close();
      throw e;
    }
  }

  private void startMembers(int count) throws DemoFailure, InterruptedException {
    for (int i = 1; i <= count; i++) {
      String name = "n" + i;
      members.add(new Member(name, arguments(), directory.resolve(name + ".log")));
    }
    for (Member member : members) {
      member.start();
    }
    for (Member member : members) {
      member.awaitStarted();
    }
    tellWhereTheyAre();
  }

  /** Starts a member again that was killed, and waits until it serves. */
  void restart(Member member) throws DemoFailure, InterruptedException {
    member.start();
    member.awaitStarted();
    tellWhereTheyAre();
  }

  /** In one step, so that nobody reads half of it. */
  private void tellWhereTheyAre() throws DemoFailure {
    try {
      Path next =
          Files.write(
              directory.resolve("nodes.next"),
              members.stream().map(member -> "127.0.0.1:" + member.port()).toList());
      Files.move(
          next, nodesFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new DemoFailure("cannot write the nodes file: " + e.getMessage());
    }
  }

  private Path nodesFile() {
    return directory.resolve("nodes.txt");
  }

  private List<String> arguments() {
    return List.of(
        "--cluster",
        "demo",
        "--http",
        "0",
        "--discovery",
        "file:" + nodesFile(),
        // The file is missing when they begin: asked again sooner than by default, so that it is
        // not this that they wait for.
        "--discovery-after-error",
        "0.1",
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
