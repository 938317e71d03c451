package dev.cets.testkit;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** A node's transport on a {@link SimulatedNetwork}, and its loop in virtual time. */
public final class SimulatedTransport implements Transport {
  static final Listener SILENT = new Silent();

  private static final long MILLI = 1_000_000;
  private static final long MIN_BACKOFF = 20 * MILLI;
  private static final long MAX_BACKOFF = 1_000 * MILLI;
  private static final long EPOCH_MILLIS = 1_700_000_000_000L;

  private final SimulatedNetwork network;
  private final NodeAddress address;
  private final Loop loop = new Loop();
  private final Random random;
  private final Set<NodeAddress> sought = new TreeSet<>();
  private final Map<NodeAddress, String> located = new HashMap<>();
  private final Map<NodeAddress, Long> backoff = new HashMap<>();
  private final Set<NodeAddress> dialling = new TreeSet<>();
  private Listener listener = SILENT;
  private String nodeName = "";
  private boolean alive = true;
  private long pausedUntil;
  private long skewMillis;
  private long readingNanos;
  private long busyUntil;

  SimulatedTransport(SimulatedNetwork network, NodeAddress address, Random random) {
    this.network = network;
    this.address = address;
    this.random = random;
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void start(String name, Listener told) throws IOException {
    nodeName = name;
    listener = told;
    if (!network.claim(this)) {
      alive = false;
      throw new IOException("cannot listen on " + address + ": address already in use");
    }
  }

  @Override
  public NodeAddress address() {
    return address;
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {
    network.at(
        network.now(),
        this,
        () -> {
          sought.clear();
          sought.addAll(addresses);
          sought.forEach(this::dial);
        });
  }

  private void dial(NodeAddress target) {
    if (dialling.add(target)) {
      network.at(network.now() + network.latency(), this, () -> dialled(target));
    }
  }

  private void dialled(NodeAddress target) {
    dialling.remove(target);
    if (!sought.contains(target)) {
      return;
    }
    SimulatedTransport other = network.at(target);
    if (other == this) {
      locate(target, nodeName);
    } else if (other != null && network.between(this, other) != null) {
      locate(target, other.nodeName);
    } else if (other == null || isCut(other) || network.between(other, this) != null) {
      located.remove(target);
      listener.unreachable(target, other == null ? "connection refused" : "timed out");
      dialAfterPause(target);
    } else {
      locate(target, other.nodeName);
      network.connect(this, other);
    }
  }

  /** Told once, until that changes or the connection is lost. */
  private void locate(NodeAddress target, String name) {
    if (!name.equals(located.put(target, name))) {
      listener.located(target, name);
    }
  }

  private boolean isCut(SimulatedTransport other) {
    return network.isCut(address, other.address) || network.isCut(other.address, address);
  }

  /** A connection that lived for a while is dialled again at once, any other after a pause. */
  void lost(SimulatedTransport peer, long livedNanos) {
    located.remove(peer.address);
    if (!alive || !sought.contains(peer.address)) {
      return;
    }
    if (livedNanos > MAX_BACKOFF) {
      backoff.remove(peer.address);
      dial(peer.address);
    } else {
      dialAfterPause(peer.address);
    }
  }

  /** The other side dialled first. */
  void reachedBy(SimulatedTransport peer) {
    if (sought.contains(peer.address)) {
      network.at(network.now(), this, () -> locate(peer.address, peer.nodeName));
    }
  }

  private void dialAfterPause(NodeAddress target) {
    long wait = backoff.merge(target, MIN_BACKOFF, (old, min) -> Math.min(old * 2, MAX_BACKOFF));
    if (dialling.add(target)) {
      network.at(
          network.now() + wait / 2 + (long) (random.nextDouble() * wait),
          this,
          () -> dialled(target));
    }
  }

  @Override
  public void close() {
    if (alive) {
      alive = false;
      listener = SILENT;
      network.gone(this);
    }
  }

  /** Ends at once, without a word. */
  void crash() {
    close();
  }

  // ---- what the network asks

  String nodeName() {
    return nodeName;
  }

  Listener listener() {
    return listener;
  }

  boolean isAlive() {
    return alive;
  }

  boolean isPausedAt(long time) {
    return alive && time < pausedUntil;
  }

  long pausedUntil() {
    return pausedUntil;
  }

  void pauseUntil(long time) {
    pausedUntil = Math.max(pausedUntil, time);
  }

  void skew(Duration offset) {
    skewMillis = offset.toMillis();
  }

  void slow(Duration perFrame) {
    readingNanos = perFrame.toNanos();
  }

  /** When a frame that arrives now will have been read. */
  long readAt(long now) {
    busyUntil = Math.max(now, busyUntil) + readingNanos;
    return busyUntil;
  }

  /** The loop: the network's queue, as far as this transport is concerned. */
  private final class Loop implements EventLoop {
    @Override
    public void execute(Runnable task) {
      network.at(network.now(), SimulatedTransport.this, task);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
      network.at(network.now() + delayNanos, SimulatedTransport.this, task);
    }

    @Override
    public boolean inLoop() {
      return network.current() == SimulatedTransport.this;
    }

    @Override
    public long nanoTime() {
      return network.now();
    }

    @Override
    public long currentTimeMillis() {
      return EPOCH_MILLIS + skewMillis + TimeUnit.NANOSECONDS.toMillis(network.now());
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public Executor blocking() {
      return task -> network.at(network.now(), null, task);
    }

    @Override
    public boolean await(CompletableFuture<?> future, long nanos) {
      return network.runUntil(future::isDone, Duration.ofNanos(Math.max(0, nanos)));
    }
  }

  private static final class Silent implements Listener {
    @Override
    public void connected(Connection connection) {}

    @Override
    public void received(Connection connection, ByteBuffer frame) {}

    @Override
    public void disconnected(Connection connection, String reason) {}

    @Override
    public void writable(Connection connection) {}

    @Override
    public void located(NodeAddress sought, String nodeName) {}

    @Override
    public void unreachable(NodeAddress sought, String reason) {}
  }
}
