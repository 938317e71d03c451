package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.testkit.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does to a cluster what goes wrong in life; chance says to whom, and for how long. */
final class Faults {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
  private static final Duration SOON = Duration.ofMillis(150);
  private static final int MAX_CLOCK_ERROR_MILLIS = 90_000;
  private static final Duration FAR = Duration.ofDays(3);

  private final Cluster cluster;
  private final SimulatedNetwork network;
  private final Random random;
  private final Trace trace;
  private final Checkpoints checkpoints;
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final Set<SimulatedNode> farClocks = new LinkedHashSet<>();
  private boolean over;

  Faults(Cluster cluster, Random random, Trace trace) {
    this.cluster = cluster;
    this.network = cluster.network();
    this.random = random;
    this.trace = trace;
    this.checkpoints = new Checkpoints(cluster, this::crashAtCheckpoint);
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  Map<Fault, Integer> done() {
    return done;
  }

  /** Mends everything, and lets nothing go wrong any more that was planned. */
  void stop() {
    over = true;
    checkpoints.disarm();
    network.healAll();
    for (SimulatedNode node : cluster.nodes()) {
      node.clockError(Duration.ZERO);
      network.slow(node.address(), Duration.ZERO);
      if (node.isUp() && !cluster.mayRun(node)) {
        node.crash();
      }
    }
    List.copyOf(farClocks).forEach(this::setRight);
  }

  private void did(Fault fault) {
    trace.say(fault::toString);
    done.merge(fault, 1, Integer::sum);
  }

  /** Does this later, unless the faults are over by then. */
  private void later(Duration time, Runnable action) {
    network.after(
        time,
        () -> {
          if (!over) {
            action.run();
          }
        });
  }

  /** Another node than this; or null, now and then. */
  private @Nullable SimulatedNode other(SimulatedNode node) {
    SimulatedNode other = cluster.nodes().get(random.nextInt(cluster.nodes().size()));
    return other == node ? null : other;
  }

  private Duration anything(Duration upTo) {
    return Duration.ofNanos((long) (random.nextDouble() * upTo.toNanos()));
  }

  // ---- the network

  void cutOrHeal(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.CUT_OR_HEAL);
      if (network.isCut(a.address(), b.address())) {
        network.heal(a.address(), b.address());
      } else {
        network.cut(a.address(), b.address());
      }
    }
  }

  void cutOneWay(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.CUT_ONE_WAY);
      network.cutOneWay(a.address(), b.address());
      later(anything(Duration.ofSeconds(8)), () -> network.heal(a.address(), b.address()));
    }
  }

  /** One that the walk itself does not heal. */
  void cutForLong(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.LASTING_CUT);
      network.cut(a.address(), b.address());
    }
  }

  void swizzle(SimulatedNode any) {
    did(Fault.SWIZZLE);
    List<List<SimulatedNode>> pairs = new ArrayList<>();
    for (SimulatedNode a : cluster.nodes()) {
      for (SimulatedNode b : cluster.nodes()) {
        if (a.name().compareTo(b.name()) < 0 && random.nextBoolean()) {
          pairs.add(List.of(a, b));
        }
      }
    }
    Duration apart = anything(Duration.ofMillis(400));
    Duration when = Duration.ZERO;
    for (List<SimulatedNode> pair : shuffled(pairs)) {
      when = when.plus(apart);
      later(when, () -> network.cut(pair.get(0).address(), pair.get(1).address()));
    }
    for (List<SimulatedNode> pair : shuffled(pairs)) {
      when = when.plus(apart);
      later(when, () -> network.heal(pair.get(0).address(), pair.get(1).address()));
    }
  }

  private List<List<SimulatedNode>> shuffled(List<List<SimulatedNode>> pairs) {
    List<List<SimulatedNode>> order = new ArrayList<>(pairs);
    Collections.shuffle(order, random);
    return order;
  }

  void isolate(SimulatedNode node, Duration atMost) {
    did(Fault.ISOLATE);
    cutOff(node);
    later(anything(atMost), () -> reach(node));
  }

  void healAll(SimulatedNode any) {
    network.healAll();
  }

  void reset(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.RESET);
      network.reset(a.address(), b.address());
    }
  }

  void delay(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.DELAY);
      network.delay(a.address(), b.address(), anything(Duration.ofSeconds(3)));
      later(
          anything(Duration.ofSeconds(5)),
          () -> network.delay(a.address(), b.address(), Duration.ZERO));
    }
  }

  void lose(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.LOSE);
      int frames = 1 + random.nextInt(3);
      stir(random.nextBoolean() ? a : b);
      later(anything(SOON), () -> network.lose(a.address(), b.address(), frames));
    }
  }

  void loseChunk(SimulatedNode node) {
    did(Fault.LOSE);
    checkpoints.loseChunk();
    linkAgain(node);
  }

  void duplicate(SimulatedNode a) {
    SimulatedNode b = other(a);
    if (b != null) {
      did(Fault.DUPLICATE);
      int frames = 1 + random.nextInt(5);
      stir(random.nextBoolean() ? a : b);
      later(anything(SOON), () -> network.duplicate(a.address(), b.address(), frames));
    }
  }

  /** So that it hits hellos and transfers as well, and not beats alone. */
  private void stir(SimulatedNode node) {
    int what = random.nextInt(4);
    if (what == 0) {
      linkAgain(node);
    } else if (what == 1) {
      compare(node);
    }
  }

  // ---- the nodes

  void slow(SimulatedNode node) {
    did(Fault.SLOW);
    network.slow(node.address(), anything(Duration.ofMillis(60)));
    later(anything(Duration.ofSeconds(6)), () -> network.slow(node.address(), Duration.ZERO));
  }

  void pause(SimulatedNode node) {
    did(Fault.PAUSE);
    node.pause(Duration.ofMillis(100 + random.nextInt(3000)));
  }

  /** From a tenth of a second to a minute; short ones are more likely. */
  void pauseForLong(SimulatedNode node) {
    did(Fault.PAUSE);
    double share = random.nextDouble();
    node.pause(
        Duration.ofMillis(100).plusNanos((long) (share * share * share * LONGEST_PAUSE.toNanos())));
  }

  void clock(SimulatedNode node) {
    did(Fault.CLOCK);
    int millis = random.nextInt(2 * MAX_CLOCK_ERROR_MILLIS) - MAX_CLOCK_ERROR_MILLIS;
    boolean large = random.nextInt(4) == 0;
    node.clockError(Duration.ofMillis(large ? millis : millis / 30));
  }

  /** No peer believes its stamps from then on, so it has to be restarted. */
  void farClock(SimulatedNode node) {
    if (node.isUp()) {
      did(Fault.FAR_CLOCK);
      farClocks.add(node);
      node.clockError(FAR);
      later(anything(Duration.ofMillis(500)), () -> node.clockError(Duration.ZERO));
      later(Duration.ofMillis(500).plus(anything(Duration.ofSeconds(2))), () -> setRight(node));
    }
  }

  private void setRight(SimulatedNode node) {
    farClocks.remove(node);
    node.clockError(Duration.ZERO);
    if (node.isUp()) {
      node.crash();
    }
  }

  void crash(SimulatedNode node) {
    if (node.isUp()) {
      did(Fault.CRASH);
      node.crash();
    }
  }

  void armCheckpoint(SimulatedNode node) {
    checkpoints.arm(
        Checkpoints.NAMES.get(random.nextInt(Checkpoints.NAMES.size())), random.nextBoolean());
    if (random.nextBoolean()) {
      linkAgain(node);
    } else {
      compare(node);
    }
  }

  private void crashAtCheckpoint(SimulatedNode node) {
    did(Fault.CRASH_AT_CHECKPOINT);
    node.crash();
  }

  void leave(SimulatedNode node) {
    if (node.isUp()) {
      did(Fault.LEAVE);
      node.leave();
    }
  }

  /**
   * A node is cut off, and whoever watches over it starts it once more, elsewhere. Then the old run
   * is reached again: while the new one lives, or is cut off in its turn, or is dead.
   */
  void restartElsewhere(SimulatedNode any) {
    for (SimulatedNode old : cluster.nodes()) {
      SimulatedNode fresh = cluster.twin(old);
      if (fresh != null && old.isUp() && !fresh.isUp()) {
        did(Fault.RESTART_ELSEWHERE);
        cutOff(old);
        cluster.start(fresh);
        int what = random.nextInt(3);
        later(
            Duration.ofSeconds(1).plus(anything(Duration.ofSeconds(2))),
            () -> {
              if (what == 0) {
                cutOff(fresh);
              } else if (what == 1 && fresh.isUp()) {
                fresh.crash();
              }
              reach(old);
            });
        later(Duration.ofSeconds(3).plus(anything(Duration.ofSeconds(4))), () -> reach(fresh));
        return;
      }
    }
  }

  private void cutOff(SimulatedNode node) {
    for (SimulatedNode other : cluster.nodes()) {
      if (other != node) {
        network.cut(node.address(), other.address());
      }
    }
  }

  private void reach(SimulatedNode node) {
    for (SimulatedNode other : cluster.nodes()) {
      if (other != node) {
        network.heal(node.address(), other.address());
      }
    }
  }

  void forget(SimulatedNode node) {
    SimulatedNode other = other(node);
    if (other != null && node.isUp()) {
      node.onLoop(
          () -> {
            if (node.forget(other.name())) {
              did(Fault.FORGET);
            }
          });
    }
  }

  void restart(SimulatedNode node) {
    if (!node.isUp() && cluster.mayRun(node)) {
      did(Fault.RESTART);
      cluster.start(node);
    }
  }

  void compare(SimulatedNode node) {
    TableReplica<?, ?> replica = node.replica();
    if (replica != null) {
      did(Fault.COMPARE);
      node.onLoop(replica::compare);
    }
  }

  void linkAgain(SimulatedNode node) {
    TableReplica<?, ?> replica = node.replica();
    if (replica != null) {
      did(Fault.LINK_AGAIN);
      node.onLoop(() -> replica.linkAgain("the simulation wants it"));
    }
  }
}
