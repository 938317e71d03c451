package dev.cets.testkit;

import dev.cets.CetsNode;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A cluster inside a test: the real nodes, in virtual time, over a network that the test can break.
 * Hours pass in a moment, and the same seed gives the same run. For your own tests as for those of
 * this library:
 *
 * <pre>{@code
 * cluster.startAll("paris", "oslo");
 * SessionService atParis = new SessionService(cluster.node("paris"));
 * SessionService atOslo = new SessionService(cluster.node("oslo"));
 * cluster.awaitJoined();
 * atParis.login("alice", "phone");
 * atOslo.login("bob", "laptop");
 * assertThat(atParis.online()).containsOnly("alice", "bob");
 *
 * cluster.isolate("paris");
 * cluster.run(Duration.ofSeconds(10)); // a node that is silent for 8 s is down
 * atParis.login("carol", "phone");
 * assertThat(atParis.online()).containsOnly("alice", "carol");
 * assertThat(atOslo.online()).containsOnly("bob");
 *
 * cluster.heal();
 * cluster.awaitEqual();
 * assertThat(atOslo.online()).containsOnly("alice", "bob", "carol");
 * }</pre>
 *
 * <p>Everything happens on the thread of the test: blocking calls of nodes and tables make time
 * pass until they end, and callbacks, listeners and handlers run while it passes. Nothing else
 * does: a service that has threads of its own must not use these nodes from them. A wait that does
 * not end within five minutes of virtual time fails the test, and says what the nodes lack.
 */
public final class SimulatedCluster extends ClusterHarness {
  private static final int FIRST_PORT = 7001;
  private static final Duration STEP = Duration.ofMillis(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final long seed;
  private final SimulatedNetwork network;
  private final Map<String, UnaryOperator<CetsNode.Builder>> settings = new HashMap<>();

  /** A cluster without nodes, whose chance is this seed. */
  public SimulatedCluster(long seed) {
    this.seed = seed;
    network = new SimulatedNetwork(seed);
  }

  /** The network between the nodes, for what this class has no word for. */
  public SimulatedNetwork network() {
    return network;
  }

  // ---- nodes

  /** Starts nodes that look for each other, and for all that run already. Does not wait. */
  public void startAll(String... names) {
    for (String name : names) {
      startAmongOthers(name, builder -> builder);
    }
  }

  /**
   * Starts a node that looks for all that run already, and they for it. Does not wait.
   *
   * @param with its settings, which it keeps over {@link #restart}
   */
  public CetsNode startAmongOthers(String name, UnaryOperator<CetsNode.Builder> with) {
    settings.put(name, with);
    CetsNode node = start(name, with);
    for (String other : running()) {
      if (!other.equals(name)) {
        node.connect(address(other));
        node(other).connect(address(name));
      }
    }
    return node;
  }

  /** Ends a node at once, as by {@code kill -9}. */
  public void crash(String name) {
    kill(name);
  }

  /**
   * Starts a node of this name again, at its address and with its settings; one that still runs is
   * ended at once before. It is another {@link CetsNode}, and its tables have to be opened again.
   */
  public CetsNode restart(String name) {
    if (isRunning(name)) {
      crash(name);
    }
    return startAmongOthers(name, settings.getOrDefault(name, builder -> builder));
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

  private NodeAddress address(String name) {
    return Objects.requireNonNull(node(name).address());
  }

  // ---- time

  /** Lets this time pass. */
  public void run(Duration time) {
    network.run(time);
  }

  /** How much time has passed since the beginning. */
  public Duration now() {
    return Duration.ofNanos(network.now());
  }

  @Override
  public void await(BooleanSupplier condition) {
    await(() -> "the condition did not come true", condition);
  }

  private void await(Supplier<String> problem, BooleanSupplier condition) {
    long end = network.now() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (network.now() >= end) {
        throw new AssertionError(
            problem.get() + " within " + PATIENCE + " (seed " + seed + "); " + reasons());
      }
      network.run(STEP);
    }
  }

  private String reasons() {
    List<String> reasons = new ArrayList<>();
    for (String name : running()) {
      reasons.add(name + ": " + node(name).status().reasons());
    }
    return String.join(", ", reasons);
  }

  /** Waits until all nodes that run have joined each other, with all tables that they share. */
  public void awaitJoined() {
    Set<String> all = running();
    await(
        () -> "the nodes have not joined each other",
        () -> all.stream().allMatch(name -> node(name).status().joinedNodes().containsAll(all)));
  }

  /**
   * Waits until all nodes that run have joined each other, and the replicas of each table are
   * equal: they hold the same versions of the same keys, and show the same of them.
   */
  public void awaitEqual() {
    awaitJoined();
    Replicas replicas = new Replicas(this);
    await(() -> "replicas differ: " + replicas.difference(), () -> replicas.difference() == null);
  }

  // ---- faults

  /** From now on nothing passes between these two; nobody is told. */
  public void cut(String a, String b) {
    network.cut(address(a), address(b));
  }

  /** From now on nothing passes between this node and all others that run; nobody is told. */
  public void isolate(String name) {
    for (String other : running()) {
      if (!other.equals(name)) {
        cut(name, other);
      }
    }
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

  /** Everything passes between all nodes again, without delay. */
  public void heal() {
    network.healAll();
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
}
