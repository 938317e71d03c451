package dev.cets.server.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cets.server.client.DaemonAddress;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.demo.ChildNode;
import dev.cets.server.demo.DemoFailure;
import dev.cets.spi.NodeAddress;
import dev.cets.testrules.HeldPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Node processes of one nodes file, and the command line to talk with them. */
final class Cluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final List<String> QUICK = List.of("--beat", "0.3", "--silence", "3");

  /**
   * Where a node lives.
   *
   * @param launcher the command that puts a process there; empty: this process is there already
   * @param address what other nodes look for
   * @param options the same as options of the node
   * @param httpHost where this process finds it
   */
  private record Place(
      List<String> launcher, NodeAddress address, List<String> options, String httpHost) {}

  private final Path directory;
  private final HeldPorts ports;
  private final List<Place> places;
  private final List<String> options;
  private final Map<String, ChildNode> nodes = new TreeMap<>();
  private final Map<String, Integer> httpPorts = new TreeMap<>();

  /**
   * Nodes on loopback that notice silence sooner than by default; each is started with these
   * options, beside those that all clusters have.
   */
  Cluster(Path directory, int size, String... options) throws IOException {
    this(directory, HeldPorts.of(size), Stream.concat(QUICK.stream(), Stream.of(options)).toList());
  }

  private Cluster(Path directory, HeldPorts ports, List<String> options) throws IOException {
    this(directory, ports, onLoopback(ports), options);
  }

  private Cluster(Path directory, HeldPorts ports, List<Place> places, List<String> options)
      throws IOException {
    this.directory = directory;
    this.ports = ports;
    this.options = options;
    this.places = places;
    Files.writeString(
        directory.resolve("nodes.txt"),
        places.stream().map(place -> place.address() + "\n").collect(Collectors.joining()));
  }

  /** Nodes on loopback, with the times that they have when nobody says otherwise. */
  static Cluster withDefaultTimes(Path directory, int size) throws IOException {
    return new Cluster(directory, HeldPorts.of(size), List.of());
  }

  /** Nodes of this network, each alone on its part of it, which notice silence sooner. */
  static Cluster in(NodeNetwork network, Path directory, int size) throws IOException {
    List<Place> places =
        IntStream.rangeClosed(1, size)
            .mapToObj(
                node ->
                    new Place(
                        network.launcher(node),
                        new NodeAddress(network.address(node), NodeNetwork.PORT),
                        List.of(
                            "--bind",
                            "0.0.0.0",
                            "--advertise",
                            network.address(node),
                            "--insecure"),
                        network.httpHost(node)))
            .toList();
    return new Cluster(directory, HeldPorts.of(0), places, QUICK);
  }

  private static List<Place> onLoopback(HeldPorts ports) {
    return ports.all().stream()
        .map(
            port ->
                new Place(List.of(), new NodeAddress("127.0.0.1", port), List.of(), "127.0.0.1"))
        .toList();
  }

  /** Starts nodes 1 to n, all at once, and waits until each has found the others. */
  void startAll() throws Exception {
    for (int i = 1; i <= places.size(); i++) {
      launch(i);
    }
    for (int i = 1; i <= places.size(); i++) {
      awaitServing(i);
    }
    for (int i = 1; i <= places.size(); i++) {
      var unused = awaitJoined(i, places.size());
    }
  }

  ChildNode launch(int number) throws IOException {
    String name = "n" + number;
    Place place = places.get(number - 1);
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--port", String.valueOf(port(number)), "--http", "0"));
    arguments.addAll(place.options());
    arguments.addAll(List.of("--discovery", "file:" + directory.resolve("nodes.txt")));
    arguments.addAll(List.of("--table", "kept:set:id:keep", "--table", "owned:set:id"));
    arguments.addAll(options);
    ChildNode node = ChildNode.start(place.launcher(), name, arguments, log(number));
    nodes.put(name, node);
    return node;
  }

  void awaitServing(int number) throws DemoFailure, InterruptedException {
    String name = "n" + number;
    httpPorts.put(name, node(number).awaitHttpPort(START_LIMIT));
  }

  /** Waits until it is joined with so many nodes, itself included; how long that took. */
  Duration awaitJoined(int number, int count) throws Exception {
    long millis =
        Eventually.is(
            "n" + number + " is joined with " + (count - 1) + " others",
            () -> status(number).path("joinedNodes").size() == count);
    return Duration.ofMillis(millis);
  }

  ChildNode node(int number) {
    ChildNode node = nodes.get("n" + number);
    if (node == null) {
      throw new IllegalArgumentException("node " + number + " was not started");
    }
    return node;
  }

  /** Where a node serves HTTP, as the command line takes it. */
  String http(int number) {
    return places.get(number - 1).httpHost() + ":" + httpPorts.get("n" + number);
  }

  int port(int number) {
    return places.get(number - 1).address().port();
  }

  /** What a node logs. */
  Path log(int number) {
    return directory.resolve("n" + number + ".log");
  }

  /** A node's status. */
  JsonNode status(int number) throws JsonProcessingException {
    CliRun run = cli(number, "status", "--json");
    return run.exitCode() == 0 ? run.json() : MissingNode.getInstance();
  }

  /** A client of this node. */
  DaemonClient client(int number) {
    return new DaemonClient(DaemonAddress.parse(http(number)), Duration.ofSeconds(30));
  }

  /** Writes through this node from now on, each write with the deadline of the command line. */
  SteadyWriter writer(int number, String table) {
    var client = new DaemonClient(DaemonAddress.parse(http(number)), SteadyWriter.DEADLINE);
    return new SteadyWriter(client, table, "n" + number);
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
    for (ChildNode node : nodes.values()) {
      try {
        node.kill();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    ports.close();
  }
}
