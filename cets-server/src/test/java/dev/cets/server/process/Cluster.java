package dev.cets.server.process;

import dev.cets.server.client.DaemonAddress;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.demo.ChildNode;
import dev.cets.server.demo.DemoFailure;
import dev.cets.server.demo.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Node processes of one nodes file, and the command line to talk with them. */
final class Cluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final Path directory;
  private final List<Integer> ports;
  private final List<String> options;
  private final Map<String, ChildNode> nodes = new TreeMap<>();
  private final Map<String, Integer> httpPorts = new TreeMap<>();

  /** Each node is started with these options, beside those that all clusters have. */
  Cluster(Path directory, int size, String... options) throws IOException {
    this.directory = directory;
    this.options = List.of(options);
    this.ports = FreePorts.pick(size);
    Files.writeString(
        directory.resolve("nodes.txt"),
        ports.stream().map(p -> "127.0.0.1:" + p + "\n").collect(Collectors.joining()));
  }

  /** Starts nodes 1 to n, all at once, and waits until each has found the others. */
  void startAll() throws Exception {
    for (int i = 1; i <= ports.size(); i++) {
      launch(i);
    }
    for (int i = 1; i <= ports.size(); i++) {
      awaitServing(i);
    }
    for (int i = 1; i <= ports.size(); i++) {
      awaitJoined(i, ports.size());
    }
  }

  ChildNode launch(int number) throws IOException {
    String name = "n" + number;
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--port", String.valueOf(ports.get(number - 1)), "--http", "0"));
    arguments.addAll(List.of("--discovery", "file:" + directory.resolve("nodes.txt")));
    arguments.addAll(List.of("--table", "kept:set:id:keep", "--table", "owned:set:id"));
    arguments.addAll(List.of("--beat", "0.3", "--silence", "3"));
    arguments.addAll(options);
    ChildNode node = ChildNode.start(name, arguments, directory.resolve(name + ".log"));
    nodes.put(name, node);
    return node;
  }

  void awaitServing(int number) throws DemoFailure, InterruptedException {
    String name = "n" + number;
    httpPorts.put(name, node(number).awaitHttpPort(START_LIMIT));
  }

  void awaitJoined(int number, int count) throws Exception {
    Eventually.is(
        "n" + number + " is joined with " + (count - 1) + " others",
        () -> cli(number, "status", "--json").json().path("joinedNodes").size() == count);
  }

  ChildNode node(int number) {
    ChildNode node = nodes.get("n" + number);
    if (node == null) {
      throw new IllegalArgumentException("node " + number + " was not started");
    }
    return node;
  }

  String http(int number) {
    return String.valueOf(httpPorts.get("n" + number));
  }

  int port(int number) {
    return ports.get(number - 1);
  }

  /** A client of this node. */
  DaemonClient client(int number) {
    return new DaemonClient(DaemonAddress.parse(http(number)), Duration.ofSeconds(30));
  }

  /** Runs a command against this node. */
  CliRun cli(int number, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--http", http(number)));
    return CliRun.of(all.toArray(String[]::new));
  }

  /** The lines of a full dump. */
  List<String> dump(int number, String table) {
    CliRun run = cli(number, "dump", table);
    return run.exitCode() == 0 ? run.out().lines().toList() : List.of("exit " + run.exitCode());
  }

  @Override
  public void close() {
    nodes.values().forEach(node -> node.process().destroyForcibly());
  }
}
