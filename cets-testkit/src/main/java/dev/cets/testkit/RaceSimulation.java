package dev.cets.testkit;

import dev.cets.replication.Incarnation;
import dev.cets.replication.Outcome;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableDefinition;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.Witness;
import dev.cets.spi.NodeAddress;
import dev.cets.table.LocalTable;
import dev.cets.testkit.SimulatedNode.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A random walk on which callers of many nodes race for keys by {@code insertNew}, and write others
 * by {@code insertSerial}, while nodes are cut off, crash, pause and come back. Every fourth walk
 * has no faults but slow links, and then everything has to be exact. Who won is judged by {@link
 * RaceJudge}, who knows only what callers were told and when links stood.
 */
final class RaceSimulation {
  private static final int BASE_PORT = 7000;
  private static final int STEPS = 250;
  private static final int SERIAL_KEYS = 3;
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final Duration SETTLING = Duration.ofMinutes(2);

  /** What a walk showed; the violation is null if all was well. */
  record Result(long seed, @Nullable String violation, int calls, int won, Duration simulated) {}

  private final Random random;
  private final boolean calm;
  private final SimulatedNetwork network;
  private final WriteHistory history = new WriteHistory();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<NodeAddress> addresses = new ArrayList<>();
  private final RaceJudge judge = new RaceJudge();
  private final Consumer<String> traced;
  private final Map<Object, Witness.SeenVersion> lastSerial = new HashMap<>();
  private long keys;
  private long values;
  private @Nullable String wrong;

  private RaceSimulation(long seed, boolean keep, Rules rules, Consumer<String> traced) {
    this.random = new Random(seed);
    this.calm = seed % 4 == 0;
    this.traced = traced;
    this.network = new SimulatedNetwork(seed);
    network.latency(Duration.ofMillis(1), Duration.ofMillis(seed % 3 == 0 ? 500 : 50));
    TableDefinition<String, Row> definition =
        new TableDefinition<>(
            SimulatedNode.TABLE, "set", keep, new RowCodecs.KeyCodec(), new RowCodecs.RowCodec());
    int size = 3 + (int) Math.floorMod(seed, 3L);
    for (int i = 0; i < size; i++) {
      addresses.add(new NodeAddress("n" + i, BASE_PORT + i));
    }
    Witness writes =
        new Witness() {
          @Override
          public boolean looks() {
            return true;
          }

          @Override
          public void written(
              String table, Incarnation origin, long stamp, List<SeenChange> changes) {
            history.written(origin, stamp, changes);
            RaceSimulation.this.written(origin, stamp, changes);
            trace(origin + " writes " + stamp + " " + changes);
          }

          @Override
          public void received(String table, Incarnation at, Incarnation from, Object message) {
            trace(at + " from " + from + ": " + message);
          }
        };
    for (NodeAddress address : addresses) {
      nodes.add(
          new SimulatedNode(
              network,
              address.host(),
              address,
              settings(),
              rules,
              writes,
              definition,
              this::trace));
    }
  }

  private static Settings settings() {
    return Settings.DEFAULTS
        .withBeat(Duration.ofMillis(200))
        .withSilenceLimit(Duration.ofSeconds(2))
        .withCompareInterval(Duration.ofHours(1))
        .withProgressLimit(Duration.ofSeconds(4))
        .withBatchesInFlight(1);
  }

  /** Walks once. */
  static Result run(long seed, boolean keep, Rules rules) {
    return new RaceSimulation(seed, keep, rules, line -> {}).run(seed);
  }

  /** Walks once, and tells every step as a line of text. */
  static Result trace(long seed, boolean keep, Rules rules, Consumer<String> traced) {
    return new RaceSimulation(seed, keep, rules, traced).run(seed);
  }

  private void trace(String line) {
    // arrays have no text of their own
    traced.accept(
        String.format(
            "%10.6f %s", network.now() / 1e9, line.replaceAll("\\[[A-Z]@[0-9a-f]+", "[...]")));
  }

  private Result run(long seed) {
    nodes.forEach(node -> node.start(addresses));
    if (calm && !network.runUntil(this::allJoined, SETTLING)) {
      wrong = "not joined at the start";
    }
    network.run(Duration.ofSeconds(1));
    for (int i = 0; i < STEPS && wrong == null; i++) {
      step();
      network.run(Duration.ofNanos(random.nextLong(40_000_000)));
    }
    if (wrong == null) {
      settle();
    }
    return new Result(seed, wrong, judge.calls(), judge.won(), Duration.ofNanos(network.now()));
  }

  private void step() {
    double chance = random.nextDouble();
    if (chance < 0.3) {
      race();
    } else if (chance < 0.45) {
      insertSerial(any());
    } else if (!calm) {
      fault(any(), any());
    }
  }

  private void fault(SimulatedNode node, SimulatedNode other) {
    double chance = random.nextDouble();
    if (chance < 0.1 && node != other) {
      if (network.isCut(node.address(), other.address())) {
        network.heal(node.address(), other.address());
      } else {
        network.cut(node.address(), other.address());
      }
    } else if (chance < 0.15 && node != other) {
      network.reset(node.address(), other.address());
    } else if (chance < 0.17 && node.isUp()) {
      judge.nodeCrashed();
      node.crash();
    } else if (chance < 0.18 && node.isUp()) {
      node.leave();
    } else if (chance < 0.25 && !node.isUp()) {
      node.start(addresses);
    } else if (chance < 0.28) {
      network.pause(node.address(), Duration.ofMillis(100 + random.nextInt(4000)));
    } else if (chance < 0.32) {
      network.healAll();
    }
  }

  private SimulatedNode any() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** Some nodes at once, for a key that nobody ever writes otherwise. */
  private void race() {
    if (keys == 0 || random.nextInt(3) > 0) {
      keys++;
    }
    String key = "u" + (keys - random.nextInt((int) Math.min(keys, 2)));
    int callers = 1 + random.nextInt(nodes.size());
    for (int i = 0; i < callers; i++) {
      insertNew(any(), key);
    }
  }

  private void insertNew(SimulatedNode node, String key) {
    LocalTable<String, Row> table = node.table();
    TableReplica<?, ?> replica = node.replica();
    if (table == null || replica == null) {
      return;
    }
    trace(node.name() + " calls insertNew " + key);
    Incarnation caller = node.incarnation();
    CompletableFuture<Outcome> outcome = table.insertNew(new Row(key, ++values), deadline(), false);
    judge.called(key, caller, replica, outcome);
    var unused = outcome.thenAccept(how -> trace(caller + " was told of " + key + ": " + how));
  }

  private void insertSerial(SimulatedNode node) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      Row row = new Row("s" + random.nextInt(SERIAL_KEYS), ++values);
      judge.calledSerial(table.insertSerial(row, deadline(), false));
    }
  }

  private long deadline() {
    return network.now() + (calm ? DEADLINE.multipliedBy(20) : DEADLINE).toNanos();
  }

  /** With no faults, each serial write of a key replaces the one before. */
  private void written(Incarnation origin, long stamp, List<Witness.SeenChange> changes) {
    for (Witness.SeenChange change : changes) {
      if (change.inserts() && !change.replaces().isEmpty()) {
        judge.overwritten(String.valueOf(change.key()));
      }
      if (calm && String.valueOf(change.key()).startsWith("s")) {
        Witness.SeenVersion made = new Witness.SeenVersion(origin, stamp);
        Witness.SeenVersion before = lastSerial.put(change.key(), made);
        if (before != null && !change.replaces().contains(before)) {
          wrong = made + " of " + change.key() + " was written without knowing of " + before;
        }
      }
    }
  }

  private void settle() {
    network.healAll();
    nodes.stream().filter(node -> !node.isUp()).forEach(node -> node.start(addresses));
    if (!network.runUntil(this::allJoined, SETTLING)) {
      wrong = "not joined " + SETTLING + " after the last fault";
      return;
    }
    network.run(DEADLINE.multipliedBy(calm ? 20 : 3));
    wrong = judge.violation(calm);
    if (wrong == null) {
      Map<String, TableSnapshot> replicas = new LinkedHashMap<>();
      for (SimulatedNode node : nodes) {
        TableReplica<?, ?> replica = node.replica();
        if (replica != null) {
          replicas.put(node.name(), replica.snapshot());
        }
      }
      wrong = history.violation(replicas);
    }
  }

  private boolean allJoined() {
    return nodes.stream()
        .map(SimulatedNode::replica)
        .allMatch(
            replica ->
                replica != null
                    && replica.snapshot().links().size() == nodes.size() - 1
                    && replica.snapshot().links().stream()
                        .allMatch(link -> link.joined() && link.peerJoined()));
  }
}
