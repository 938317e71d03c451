package dev.cets.testkit;

import dev.cets.node.NodeConfig;
import dev.cets.node.NodeRuntime;
import dev.cets.replication.Incarnation;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableDefinition;
import dev.cets.replication.TableOptions;
import dev.cets.replication.TableReplica;
import dev.cets.replication.Witness;
import dev.cets.spi.NodeAddress;
import dev.cets.table.LocalTable;
import dev.cets.table.SetStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node of a simulation, over all its runs. */
final class SimulatedNode {
  static final String TABLE = "t";

  /** Every key and record is a pair: which key, and a value unlike any other. */
  record Row(String key, long value) {}

  private final SimulatedNetwork network;
  private final String name;
  private final NodeAddress address;
  private final Settings settings;
  private final Rules rules;
  private final Witness witness;
  private final Consumer<String> trace;
  private final TableDefinition<String, Row> definition;
  private @Nullable NodeRuntime runtime;
  private @Nullable LocalTable<String, Row> table;
  private @Nullable ChangeReplay replay;

  SimulatedNode(
      SimulatedNetwork network,
      String name,
      NodeAddress address,
      Settings settings,
      Rules rules,
      Witness witness,
      TableDefinition<String, Row> definition,
      Consumer<String> trace) {
    this.trace = trace;
    this.network = network;
    this.name = name;
    this.address = address;
    this.settings = settings;
    this.rules = rules;
    this.witness = witness;
    this.definition = definition;
  }

  String name() {
    return name;
  }

  NodeAddress address() {
    return address;
  }

  boolean isUp() {
    return runtime != null;
  }

  void start(List<NodeAddress> everybody) {
    NodeConfig config = new NodeConfig(name);
    config.transport(network.transport(address));
    config.settings(defaults -> settings);
    config.rules(rules);
    config.witness(witness);
    try {
      NodeRuntime started = NodeRuntime.start(config, event -> trace.accept(name + " " + event));
      LocalTable<String, Row> opened =
          started
              .open(definition, TableOptions.DEFAULTS, Row::key, new SetStore<>(), null, List.of())
              .value();
      table = opened;
      replay = opened == null ? null : new ChangeReplay(network, opened, network.now());
      everybody.forEach(started::connect);
      runtime = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void crash() {
    network.crash(address);
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

  @Nullable LocalTable<String, Row> table() {
    return table;
  }

  /** What is wrong with the changes that its listeners were told, or null. */
  @Nullable String replayDiffers(boolean atRest) {
    ChangeReplay running = replay;
    return running == null || !isUp() ? null : running.violation(atRest);
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

  void onLoop(Runnable task) {
    running().loop().execute(task);
  }

  private NodeRuntime running() {
    NodeRuntime running = runtime;
    if (running == null) {
      throw new IllegalStateException(name + " is down");
    }
    return running;
  }
}
