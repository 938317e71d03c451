package dev.cets.bench;

import dev.cets.CetsNode;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.netty.NettyTransport;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A first look at speed: three processes on loopback, this one writes. Arguments are the names of
 * metrics, none for all; with {@code follow HOST:PORT NAME} it is one of the other two.
 */
public final class Main {
  private static final Duration READY = Duration.ofSeconds(60);

  private Main() {}

  /** A record of the size that the published figures of peers are about. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Item(String key, byte[] value) {}

  static SetSpec<String, Item> table() {
    return TableSpec.set("items", String.class, Item.class, Item::key).ownership(Ownership.KEEP);
  }

  /** Runs. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 3 && args[0].equals("follow")) {
      follow(NodeAddress.parse(args[1]), args[2]);
    } else {
      lead(Set.of(args));
    }
  }

  private static CetsNode start(String name) {
    return CetsNode.builder(name).cluster("bench").transport(NettyTransport.port(0)).start();
  }

  private static void follow(NodeAddress leader, String name) throws IOException {
    try (CetsNode node = start(name)) {
      node.open(table());
      node.connect(leader);
      node.awaitReady(READY);
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // until the leading process ends
      }
    }
  }

  private static void lead(Set<String> metrics) throws IOException, InterruptedException {
    List<Process> followers = new ArrayList<>();
    try (CetsNode node = start("n1")) {
      SetTable<String, Item> items = node.open(table());
      NodeAddress address = node.address();
      if (address == null) {
        throw new IllegalStateException("no address");
      }
      followers.add(child(address, "n2"));
      followers.add(child(address, "n3"));
      while (node.status().joinedNodes().size() < 3) {
        Thread.onSpinWait();
      }
      new Measurements(items, metrics).run();
    } finally {
      for (Process follower : followers) {
        follower.destroy();
        follower.waitFor();
      }
    }
  }

  private static Process child(NodeAddress leader, String name) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-XX:+UseParallelGC", "-Xmx2g", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), "follow", leader.toString(), name));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getInputStream().read();
    return process;
  }
}
