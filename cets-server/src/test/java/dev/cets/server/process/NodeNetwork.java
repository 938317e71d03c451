package dev.cets.server.process;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network of the kernel's: a namespace for each node, and a switch between them whose cables can
 * be pulled, while packets are lost as they are in life and no socket is told. A second cable leads
 * from each node to this process, so that what is cut off can still be asked over HTTP.
 *
 * <p>All of it lives in namespaces, whose names are unlike those of every other run, and ends with
 * them.
 */
final class NodeNetwork implements AutoCloseable {
  private static final AtomicInteger NETWORKS = new AtomicInteger();
  private static final Set<String> OUTSIDE = ConcurrentHashMap.newKeySet();
  private static final long COMMAND_SECONDS = 20;

  /** Of each node, as the others see it. */
  static final int PORT = 7800;

  private final String run =
      Long.toString(ProcessHandle.current().pid(), Character.MAX_RADIX)
          + "x"
          + NETWORKS.incrementAndGet();
  private final int size;

  /** The cables to this process are in 198.18.0.0/15, which is for tests of networks (RFC 2544). */
  private final String outside;

  /** The test is skipped where this is not allowed, or not possible. */
  NodeNetwork(int size) throws IOException {
    this.size = size;
    if (tool() == null) {
      abort("ip is not installed (Debian: iproute2), so no network of real nodes is cut");
    }
    outside = freeNetwork();
    try {
      ip("netns", "add", space(0));
    } catch (IOException e) {
      abort("no network of real nodes is cut, as that is not allowed here: " + e.getMessage());
    }
    try {
      build();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void build() throws IOException {
    ip("-n", space(0), "link", "add", "switch", "type", "bridge");
    ip("-n", space(0), "link", "set", "switch", "up");
    for (int node = 1; node <= size; node++) {
      String space = space(node);
      ip("netns", "add", space);
      ip("-n", space, "link", "set", "lo", "up");
      ip(
          "-n %s link add nodes type veth peer name %s netns %s"
              .formatted(space, plug(node), space(0))
              .split(" "));
      ip("-n", space(0), "link", "set", plug(node), "master", "switch", "up");
      ip("-n", space, "address", "add", address(node) + "/24", "dev", "nodes");
      ip("-n", space, "link", "set", "nodes", "up");

      ip("link", "add", cable(node), "type", "veth", "peer", "name", "test", "netns", space);
      ip("address", "add", outside + (4 * node + 1) + "/30", "dev", cable(node));
      ip("link", "set", cable(node), "up");
      ip("-n", space, "address", "add", httpHost(node) + "/30", "dev", "test");
      ip("-n", space, "link", "set", "test", "up");
    }
  }

  private static @Nullable Path tool() {
    String path = System.getenv("PATH") + File.pathSeparator + "/usr/sbin";
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, "ip"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  /**
   * One of which this machine has no address yet, such as from a test that runs beside this one,
   * and that no other network here has taken.
   */
  private static String freeNetwork() throws IOException {
    String taken = ip("-o", "-4", "address");
    String network;
    do {
      ThreadLocalRandom random = ThreadLocalRandom.current();
      network = "198.%d.%d.".formatted(random.nextInt(18, 20), random.nextInt(256));
    } while (taken.contains(" " + network) || !OUTSIDE.add(network));
    return network;
  }

  /** The namespace of a node; of the switch: 0. */
  private String space(int node) {
    return "cets-" + run + "-" + node;
  }

  private static String plug(int node) {
    return "plug" + node;
  }

  /** At the end of this process; at most 15 characters are allowed. */
  private String cable(int node) {
    return "c" + run + "n" + node;
  }

  /** Where the other nodes see it. */
  String address(int node) {
    return "10.0.0." + node;
  }

  /** Where this process sees it, cut off or not. */
  String httpHost(int node) {
    return outside + (4 * node + 2);
  }

  /** Before the command of a process that is to see what the node sees. */
  List<String> launcher(int node) {
    return List.of(String.valueOf(tool()), "netns", "exec", space(node));
  }

  /** Nothing comes to this node from now on, and nothing from it. */
  void pull(int node) throws IOException {
    ip("-n", space(0), "link", "set", plug(node), "down");
  }

  /** As it was before it was pulled. */
  void plugIn(int node) throws IOException {
    ip("-n", space(0), "link", "set", plug(node), "up");
  }

  /** These nodes do not reach each other from now on; all others reach them. */
  void separate(int... nodes) throws IOException {
    isolated("on", nodes);
  }

  /** As they were before they were separated. */
  void unite(int... nodes) throws IOException {
    isolated("off", nodes);
  }

  private void isolated(String value, int... nodes) throws IOException {
    for (int node : nodes) {
      ip(
          "-n %s link set dev %s type bridge_slave isolated %s"
              .formatted(space(0), plug(node), value)
              .split(" "));
    }
  }

  /** How often a process of this node has begun to connect with another, since its start. */
  int dials(int node) throws IOException {
    List<String> command = new ArrayList<>(launcher(node));
    command.addAll(List.of("cat", "/proc/net/snmp"));
    List<List<String>> tcp =
        run(command)
            .lines()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> List.of(line.split(" ")))
            .toList();
    return Integer.parseInt(tcp.get(1).get(tcp.get(0).indexOf("ActiveOpens")));
  }

  private static String ip(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(String.valueOf(tool()));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private static String run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return text;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IOException(String.join(" ", command) + ": " + text.strip());
  }

  /** Removes all of it, as much as there is. */
  @Override
  public void close() {
    for (int node = 1; node <= size; node++) {
      attempt("link", "delete", cable(node));
    }
    for (int node = 0; node <= size; node++) {
      attempt("netns", "delete", space(node));
    }
  }

  private static void attempt(String... arguments) {
    try {
      ip(arguments);
    } catch (IOException e) {
      // It was not there: the network was not complete.
    }
  }
}
