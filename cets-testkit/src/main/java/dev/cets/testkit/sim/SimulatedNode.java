package dev.cets.testkit.sim;

import dev.cets.node.NodeConfig;
import dev.cets.node.NodeRuntime;
import dev.cets.node.TableRequests;
import dev.cets.replication.Event;
import dev.cets.replication.Incarnation;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableOptions;
import dev.cets.replication.TableReplica;
import dev.cets.replication.Witness;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.table.LocalTable;
import dev.cets.testkit.SimulatedNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One node of a simulation, over all its runs. */
final class SimulatedNode {
  static final String TABLE = "t";

  private final SimulatedNetwork network;
  private final String name;
  private final NodeAddress address;
  private final Settings settings;
  private final TableOptions options;
  private final Rules rules;
  private final Witness witness;
  private final Trace trace;
  private final Walk walk;
  private @Nullable NodeRuntime runtime;
  private @Nullable OpenTable table;
  private final Set<Object> crashed = Collections.newSetFromMap(new IdentityHashMap<>());
  private Duration clockError = Duration.ZERO;
  private long pausedUntilNanos;
  private @Nullable ChangeReplay replay;
  private @Nullable String firstDefect;

  SimulatedNode(
      SimulatedNetwork network,
      String name,
      NodeAddress address,
      Settings settings,
      TableOptions options,
      Rules rules,
      Witness witness,
      Walk walk,
      Trace trace) {
    this.trace = trace;
    this.network = network;
    this.name = name;
    this.address = address;
    this.settings = settings;
    this.options = options;
    this.rules = rules;
    this.witness = witness;
    this.walk = walk;
  }

  String name() {
    return name;
  }

  NodeAddress address() {
    return address;
  }

  Settings settings() {
    return settings;
  }

  boolean isUp() {
    return runtime != null;
  }

  void start(List<NodeAddress> everybody) {
    NodeConfig config = new NodeConfig(name());
    Transport transport = network.transport(address);
    config.transport(walk.isOfLaterVersion(address) ? new LaterVersion(transport) : transport);
    config.settings(defaults -> settings);
    config.rules(rules);
    config.witness(witness);
    try {
      NodeRuntime started = NodeRuntime.start(config, this::told);
      network.skew(address, clockError);
      pausedUntilNanos = 0;
      TableType type = walk.type();
      OpenTable opened =
          type.open(started, options, walk, walk.resolves() ? Merging.resolving(rules) : null);
      table = opened;
      replay = new ChangeReplay(network, opened.calls(), type::nameOf, network.now());
      everybody.forEach(started::connect);
      runtime = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // all rules, or broken ones
  private void told(Event event) {
    trace.say(() -> name() + " " + event);
    if (event instanceof Event.Defect defect && firstDefect == null) {
      firstDefect = defect.where() + ": " + defect.error();
    }
    if (event instanceof Event.Mended && rules == Rules.ALL && firstDefect == null) {
      firstDefect = "replicas that had taken in the same writes differed: " + event;
    }
    if (event instanceof Event.Replaced) {
      Object run = runtime;
      table = null;
      replay = null;
      network.after(Duration.ZERO, () -> closeReplaced(run));
    }
  }

  /** It has ended as replaced; who started it lets it go. */
  private void closeReplaced(@Nullable Object run) {
    if (run != null && run == runtime) {
      leave();
    }
  }

  /** What failed in it in a way it should not, or null. */
  @Nullable String firstDefect() {
    return firstDefect;
  }

  void crash() {
    network.crash(address);
    crashed.add(running());
    runtime = null;
    table = null;
  }

  void leave() {
    NodeRuntime leaving = runtime;
    runtime = null;
    table = null;
    if (leaving != null) {
      leaving.close();
    }
  }

  void pause(Duration time) {
    pausedUntilNanos = Math.max(pausedUntilNanos, network.now() + time.toNanos());
    network.pause(address, time);
  }

  /** When it goes on, or went on, after its last pause. */
  long pausedUntilNanos() {
    return pausedUntilNanos;
  }

  /** From now on, over restarts too, its wall clock is wrong by so much. */
  void clockError(Duration error) {
    clockError = error;
    network.skew(address, error);
  }

  @Nullable OpenTable table() {
    return table;
  }

  /** Its table, if it is up, and the table has one record per key. */
  @Nullable LocalTable<String, Row> keyed() {
    OpenTable open = table;
    return open == null ? null : open.keyed();
  }

  /** This run of it, to be told from others; null if it is down. */
  @Nullable Object run() {
    return runtime;
  }

  /** Did this run of it end without a word? */
  boolean crashed(@Nullable Object run) {
    return crashed.contains(run);
  }

  /** What is wrong with the changes that its listeners were told, or null. */
  @Nullable String replayDiffers(boolean atRest) {
    ChangeReplay running = replay;
    return running == null || !isUp() ? null : running.violation(atRest);
  }

  /** Gives up another node for good, if that one is down here; on the loop. */
  boolean forget(String other) {
    return running().forget(other).value() != null;
  }

  /** What operators may ask of it; it is up. */
  TableRequests requests() {
    return running().requests();
  }

  Incarnation incarnation() {
    return running().core().incarnation();
  }

  long framesRefused() {
    return running().framesRefused();
  }

  @Nullable TableReplica<?, ?> replica() {
    NodeRuntime running = runtime;
    return running == null ? null : running.core().table(TABLE);
  }

  /** Does this on its loop, unless it has begun to leave by then. */
  void onLoop(Runnable task) {
    NodeRuntime asked = running();
    asked
        .loop()
        .execute(
            () -> {
              if (asked == runtime) {
                task.run();
              }
            });
  }

  private NodeRuntime running() {
    NodeRuntime running = runtime;
    if (running == null) {
      throw new IllegalStateException(name() + " is down");
    }
    return running;
  }
}
