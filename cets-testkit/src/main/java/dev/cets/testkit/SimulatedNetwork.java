package dev.cets.testkit;

import dev.cets.spi.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A network of transports inside one JVM, in virtual time: everything that happens is an event in
 * one queue, and time passes only as events are run. The same seed gives the same run, to the last
 * frame.
 *
 * <p>It behaves as TCP does: frames of a connection come in order, or the connection ends; between
 * pairs there is no order. While a pair is cut, frames wait, and nobody is told; who is tired of
 * the silence closes its end, and the other end learns of it after the cut is healed. Not safe for
 * use by several threads.
 */
public final class SimulatedNetwork {
  private static final System.Logger LOG = System.getLogger("dev.cets.testkit");
  private static final long MICRO = 1_000;

  private record Scheduled(long time, long order, @Nullable SimulatedTransport owner, Runnable task)
      implements Comparable<Scheduled> {
    @Override
    public int compareTo(Scheduled other) {
      return time != other.time ? Long.compare(time, other.time) : Long.compare(order, other.order);
    }
  }

  private final Random random;
  private final PriorityQueue<Scheduled> queue = new PriorityQueue<>();
  private final Map<NodeAddress, SimulatedTransport> running = new HashMap<>();
  private final Map<List<NodeAddress>, SimulatedPath> paths = new HashMap<>();
  private final List<SimulatedConnection> connections = new ArrayList<>();
  private long now;
  private long scheduled;
  private long ran;
  private long minLatency = 50 * MICRO;
  private long maxLatency = 2_000 * MICRO;
  private long highWaterBytes = 1 << 20;
  private @Nullable SimulatedTransport current;
  private @Nullable Consumer<NodeAddress> observer;

  /** A network whose chance is this seed. */
  public SimulatedNetwork(long seed) {
    random = new Random(seed);
  }

  /** How long a frame is on its way: anything between these. */
  public void latency(Duration min, Duration max) {
    minLatency = min.toNanos();
    maxLatency = max.toNanos();
  }

  /** With so many bytes on its way, a connection says that it is not writable; 1 MiB by default. */
  public void highWater(long bytes) {
    highWaterBytes = bytes;
  }

  /** A transport for one node, at this address. */
  public SimulatedTransport transport(NodeAddress address) {
    return new SimulatedTransport(this, address, new Random(random.nextLong()));
  }

  // ---- time

  /** Virtual nanoseconds since the beginning. */
  public long now() {
    return now;
  }

  /** How many events have been run. */
  public long events() {
    return ran;
  }

  /** Runs what happens within this time. */
  public void run(Duration time) {
    runUntil(() -> false, time);
  }

  /** Runs until the condition holds; says whether it did within this time. */
  public boolean runUntil(BooleanSupplier condition, Duration atMost) {
    long end = now + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      Scheduled next = queue.peek();
      if (next == null || next.time() > end) {
        now = Math.max(now, end); // an event may have waited for longer
        return condition.getAsBoolean();
      }
      queue.remove();
      runNow(next);
    }
    return true;
  }

  /** Does this after so much time, between the events of the nodes. */
  public void after(Duration time, Runnable action) {
    at(now + time.toNanos(), null, action);
  }

  /** Tells the observer, after every event of a node, whose it was. */
  public void observe(Consumer<NodeAddress> told) {
    observer = told;
  }

  private void runNow(Scheduled event) {
    SimulatedTransport owner = event.owner();
    if (owner != null && owner.isPausedAt(Math.max(now, event.time()))) {
      queue.add(new Scheduled(owner.pausedUntil(), event.order(), owner, event.task()));
      return;
    }
    now = Math.max(now, event.time());
    if (owner == null || owner.isAlive()) {
      SimulatedTransport before = current;
      current = owner;
      try {
        ran++;
        event.task().run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a task on a simulated loop failed", e);
      } finally {
        current = before;
      }
      Consumer<NodeAddress> told = observer;
      if (told != null && owner != null && owner.isAlive()) {
        told.accept(owner.address());
      }
    }
  }

  /** Whose event is being run, or null. */
  @Nullable SimulatedTransport current() {
    return current;
  }

  void at(long time, @Nullable SimulatedTransport owner, Runnable task) {
    queue.add(new Scheduled(Math.max(time, now), scheduled++, owner, task));
  }

  long latency() {
    double share = random.nextDouble();
    return minLatency + (long) (share * share * share * (maxLatency - minLatency));
  }

  int chance(int bound) {
    return random.nextInt(bound);
  }

  // ---- who is there

  @Nullable SimulatedTransport at(NodeAddress address) {
    return running.get(address);
  }

  boolean claim(SimulatedTransport transport) {
    return running.putIfAbsent(transport.address(), transport) == null;
  }

  void gone(SimulatedTransport transport) {
    running.remove(transport.address(), transport);
    for (SimulatedConnection connection : List.copyOf(connections)) {
      if (connection.owner() == transport) {
        connection.drop();
      }
    }
  }

  /** Connects two transports, unless they are. */
  void connect(SimulatedTransport dialler, SimulatedTransport listener) {
    SimulatedConnection here = new SimulatedConnection(this, dialler, listener);
    SimulatedConnection there = new SimulatedConnection(this, listener, dialler);
    here.pairWith(there);
    there.pairWith(here);
    connections.add(here);
    connections.add(there);
    here.open();
    there.open();
    listener.reachedBy(dialler);
  }

  void ended(SimulatedConnection connection) {
    connections.remove(connection);
  }

  @Nullable SimulatedConnection between(SimulatedTransport from, SimulatedTransport to) {
    for (SimulatedConnection connection : connections) {
      if (connection.owner() == from && connection.peerTransport() == to) {
        return connection;
      }
    }
    return null;
  }

  // ---- faults

  SimulatedPath path(NodeAddress from, NodeAddress to) {
    return paths.computeIfAbsent(List.of(from, to), any -> new SimulatedPath());
  }

  long highWaterBytes() {
    return highWaterBytes;
  }

  /** From now on nothing passes between these two, in neither direction. */
  public void cut(NodeAddress a, NodeAddress b) {
    cutOneWay(a, b);
    cutOneWay(b, a);
  }

  /** From now on nothing passes from the first to the second. */
  public void cutOneWay(NodeAddress from, NodeAddress to) {
    path(from, to).cut(true);
  }

  /** From now on every frame from the first to the second takes so much longer; zero: as usual. */
  public void delay(NodeAddress from, NodeAddress to, Duration longer) {
    path(from, to).delay(longer.toNanos());
  }

  /**
   * The next frames from the first to the second are lost, and nobody is told: what no good
   * transport does.
   */
  public void lose(NodeAddress from, NodeAddress to, int frames) {
    path(from, to).lose(frames);
  }

  /** The next frames from the first to the second arrive twice: what no good transport does. */
  public void duplicate(NodeAddress from, NodeAddress to, int frames) {
    path(from, to).duplicate(frames);
  }

  /**
   * One bit of each of the next frames from the first to the second is wrong when they arrive: what
   * no good transport does.
   */
  public void damage(NodeAddress from, NodeAddress to, int frames) {
    path(from, to).damage(frames);
  }

  /** The node at this address takes so long to read a frame; zero: no time. */
  public void slow(NodeAddress address, Duration perFrame) {
    SimulatedTransport transport = running.get(address);
    if (transport != null) {
      transport.slow(perFrame);
    }
  }

  /** Everything passes between these two again; what waited arrives. */
  public void heal(NodeAddress a, NodeAddress b) {
    path(a, b).cut(false);
    path(b, a).cut(false);
    List.copyOf(connections).forEach(SimulatedConnection::arrive);
  }

  /** Everything passes everywhere again, without loss, damage or delay. */
  public void healAll() {
    paths.values().forEach(SimulatedPath::mend);
    List.copyOf(connections).forEach(SimulatedConnection::arrive);
  }

  /** Is there a cut from the first to the second? */
  public boolean isCut(NodeAddress from, NodeAddress to) {
    return path(from, to).isCut();
  }

  /** Ends the connection of these two, with all that is on its way; each learns it in its time. */
  public void reset(NodeAddress a, NodeAddress b) {
    for (SimulatedConnection connection : List.copyOf(connections)) {
      if (connection.owner().address().equals(a)
          && connection.peerTransport().address().equals(b)) {
        connection.reset();
      }
    }
  }

  /** The node at this address ends at once, as by {@code kill -9}. */
  public void crash(NodeAddress address) {
    SimulatedTransport transport = running.get(address);
    if (transport != null) {
      transport.crash();
    }
  }

  /** The node at this address does nothing for so long, as by {@code kill -STOP}. */
  public void pause(NodeAddress address, Duration time) {
    SimulatedTransport transport = running.get(address);
    if (transport != null) {
      transport.pauseUntil(now + time.toNanos());
    }
  }

  /** Sets a node's wall clock wrong by so much. */
  public void skew(NodeAddress address, Duration offset) {
    SimulatedTransport transport = running.get(address);
    if (transport != null) {
      transport.skew(offset);
    }
  }

  /** Everything that is sent and not yet arrived, for tests of bounds. */
  public long bytesInFlight() {
    return connections.stream().mapToLong(SimulatedConnection::bytesInFlight).sum();
  }
}
