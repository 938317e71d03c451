package dev.cets.testkit.scale;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many nodes with one table, on a network that counts. */
final class ScaledCluster implements AutoCloseable {
  /**
   * What is in the table: 48 bytes under a short key, as in the benchmarks beside other systems.
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Item(String key, byte[] value) {
    static Item of(long number) {
      return new Item("key-" + number, new byte[VALUE_BYTES]);
    }
  }

  private static final int VALUE_BYTES = 48;
  private static final int BASE_PORT = 7000;
  private static final String JOINED = "joined";

  /** So that none comes up while something else is measured. */
  private static final Duration NEVER = Duration.ofHours(24);

  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final SimulatedNetwork network = new SimulatedNetwork(1);
  private final Traffic traffic = new Traffic();
  private final List<CetsNode> nodes = new ArrayList<>();
  private final List<NodeAddress> addresses = new ArrayList<>();
  private final List<SetTable<String, Item>> tables = new ArrayList<>();

  SimulatedNetwork network() {
    return network;
  }

  Traffic traffic() {
    return traffic;
  }

  NodeAddress address(int node) {
    return addresses.get(node);
  }

  SetTable<String, Item> table(int node) {
    return tables.get(node);
  }

  /** Starts one more node, which looks for those before it; does not wait. */
  void add() {
    int number = nodes.size();
    NodeAddress address = new NodeAddress("n" + number, BASE_PORT);
    CetsNode node =
        CetsNode.builder("n" + number)
            .transport(new CountedTransport(network.transport(address), traffic))
            .compareInterval(NEVER)
            .start();
    nodes.add(node);
    tables.add(node.open(TableSpec.set("t", String.class, Item.class, Item::key)));
    addresses.forEach(node::connect);
    addresses.add(address);
  }

  /** Lets time pass until this node has joined all others, and they have joined it. */
  void awaitJoined(int node) {
    long end = network.now() + PATIENCE.toNanos();
    while (!isJoined(node)) {
      if (network.now() >= end) {
        throw new IllegalStateException(
            "node " + node + " has not joined within " + PATIENCE + ": " + links(node));
      }
      network.run(LOOK);
    }
  }

  private boolean isJoined(int node) {
    Map<String, String> links = links(node);
    if (links.size() < nodes.size() - 1 || !links.values().stream().allMatch(JOINED::equals)) {
      return false;
    }
    for (int other = 0; other < nodes.size(); other++) {
      if (other != node && !JOINED.equals(links(other).get("n" + node))) {
        return false;
      }
    }
    return true;
  }

  Map<String, String> links(int node) {
    return tables.get(node).status().links();
  }

  @Override
  public void close() {
    nodes.forEach(CetsNode::close);
  }
}
