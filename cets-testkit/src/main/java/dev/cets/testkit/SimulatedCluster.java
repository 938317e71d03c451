package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** Nodes over a {@link SimulatedNetwork}: time is virtual, and the network can be broken. */
public final class SimulatedCluster extends ClusterHarness {
  private static final int FIRST_PORT = 7001;
  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final SimulatedNetwork network;

  /** A cluster whose chance is this seed. */
  public SimulatedCluster(long seed) {
    network = new SimulatedNetwork(seed);
  }

  /** The network between the nodes. */
  public SimulatedNetwork network() {
    return network;
  }

  /** A node that was killed comes back at its old address. */
  @Override
  protected Transport newTransport(String nodeName) {
    int port = FIRST_PORT;
    while (network.at(new NodeAddress(nodeName, port)) != null) {
      port++;
    }
    return network.transport(new NodeAddress(nodeName, port));
  }

  @Override
  protected void crash(Transport transport) {
    network.crash(transport.address());
  }

  @Override
  public void await(BooleanSupplier condition) {
    long end = network.now() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(network.now()).as("the condition did not come true").isLessThan(end);
      network.run(STEP);
    }
  }

  /** Lets this time pass. */
  public void run(Duration time) {
    network.run(time);
  }

  /** From now on nothing passes between these two; nobody is told. */
  public void cut(String a, String b) {
    network.cut(address(a), address(b));
  }

  /** As {@link #cut}, and waits until both hold each other to be down. */
  public void split(String a, String b) {
    cut(a, b);
    awaitDown(a, b);
    awaitDown(b, a);
  }

  /** Everything passes between these two again. */
  public void heal(String a, String b) {
    network.heal(address(a), address(b));
  }

  /** From now on what the first sends to the second takes so much longer; zero: as usual. */
  public void delay(String from, String to, Duration longer) {
    network.delay(address(from), address(to), longer);
  }

  /** The node does nothing for so long, as by {@code kill -STOP}. */
  public void pause(String name, Duration time) {
    network.pause(address(name), time);
  }

  /** Sets the node's wall clock wrong by so much. */
  public void skew(String name, Duration offset) {
    network.skew(address(name), offset);
  }

  private NodeAddress address(String name) {
    return Objects.requireNonNull(node(name).address());
  }
}
