package dev.cets.testkit;

import dev.cets.spi.NodeAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
  private final Set<List<NodeAddress>> cuts = new HashSet<>();
  private final List<SimulatedConnection> connections = new ArrayList<>();
  private long now;
  private long scheduled;
  private long ran;
  private long minLatency = 50 * MICRO;
  private long maxLatency = 2_000 * MICRO;
  private @Nullable SimulatedTransport current;

  /** A network whose chance is this seed. */
  public SimulatedNetwork(long seed) {
    random = new Random(seed);
  }

  /** How long a frame is on its way: anything between these. */
  public void latency(Duration min, Duration max) {
    minLatency = min.toNanos();
    maxLatency = max.toNanos();
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
        now = end;
        return condition.getAsBoolean();
      }
      queue.remove();
      runNow(next);
    }
    return true;
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

  /** From now on nothing passes between these two, in neither direction. */
  public void cut(NodeAddress a, NodeAddress b) {
    cuts.add(List.of(a, b));
    cuts.add(List.of(b, a));
  }

  /** From now on nothing passes from the first to the second. */
  public void cutOneWay(NodeAddress from, NodeAddress to) {
    cuts.add(List.of(from, to));
  }

  /** Everything passes between these two again; what waited arrives. */
  public void heal(NodeAddress a, NodeAddress b) {
    cuts.remove(List.of(a, b));
    cuts.remove(List.of(b, a));
    List.copyOf(connections).forEach(SimulatedConnection::arrive);
  }

  /** Everything passes everywhere again. */
  public void healAll() {
    cuts.clear();
    List.copyOf(connections).forEach(SimulatedConnection::arrive);
  }

  /** Is there a cut from the first to the second? */
  public boolean isCut(NodeAddress from, NodeAddress to) {
    return cuts.contains(List.of(from, to));
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
