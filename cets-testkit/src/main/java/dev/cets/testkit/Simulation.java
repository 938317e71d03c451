package dev.cets.testkit;

import dev.cets.replication.Incarnation;
import dev.cets.replication.Outcome;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableDefinition;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import dev.cets.replication.Witness;
import dev.cets.spi.NodeAddress;
import dev.cets.table.LocalTable;
import dev.cets.testkit.SimulatedNode.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A random walk of a whole cluster of real nodes in virtual time: writes, cuts (non-transitive ones
 * too), lost connections, pauses, crashes, restarts, comparisons; then the faults stop, and the
 * replicas are checked against a model that knows only the set of writes. The same seed walks the
 * same way.
 */
final class Simulation {
  private static final int KEYS = 6;
  private static final int BASE_PORT = 7000;
  private static final Duration SETTLING = Duration.ofMinutes(2);
  private static final Duration MAX_STEP = Duration.ofMillis(40);

  /** What was done to the cluster. */
  enum Fault {
    /** A pair was cut, or healed. */
    CUT_OR_HEAL,
    /** A pair's connection was lost with all that was on its way. */
    RESET,
    /** A node ended without a word. */
    CRASH,
    /** A node came back as a new incarnation. */
    RESTART,
    /** A node left cleanly. */
    LEAVE,
    /** A node did nothing for a while. */
    PAUSE,
    /** A node compared with its peers. */
    COMPARE,
    /** A node began its links anew. */
    LINK_AGAIN
  }

  /**
   * What a walk showed.
   *
   * @param violation null if all was well
   */
  record Result(
      long seed,
      @Nullable String violation,
      Map<Fault, Integer> faults,
      int writes,
      Duration simulated,
      long events) {}

  private final @Nullable Consumer<String> traced;
  private final long seed;
  private final Random random;
  private final SimulatedNetwork network;
  private final WriteHistory history = new WriteHistory();
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final List<NodeAddress> addresses = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> calls = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final boolean mayPause;
  private long values;
  private @Nullable String wrong;

  private Simulation(
      long seed, int size, boolean keep, Rules rules, @Nullable Consumer<String> traced) {
    this.traced = traced;
    this.seed = seed;
    this.random = new Random(seed);
    this.network = new SimulatedNetwork(seed);
    this.mayPause = seed % 2 == 0;
    network.latency(Duration.ofMillis(1), Duration.ofMillis(seed % 3 == 0 ? 500 : 50));
    TableDefinition<String, Row> definition =
        new TableDefinition<>(
            SimulatedNode.TABLE, "set", keep, new RowCodecs.KeyCodec(), new RowCodecs.RowCodec());
    for (int i = 0; i < size; i++) {
      addresses.add(new NodeAddress("n" + i, BASE_PORT + i));
    }
    for (NodeAddress address : addresses) {
      nodes.add(
          new SimulatedNode(
              network,
              address.host(),
              address,
              settings(),
              rules,
              new Checks(),
              definition,
              this::trace));
    }
  }

  /** Small chunks and short times, so that much happens in a short walk. */
  private Settings settings() {
    return Settings.DEFAULTS
        .withBeat(Duration.ofMillis(200))
        .withSilenceLimit(Duration.ofSeconds(1))
        .withCompareInterval(Duration.ofHours(1)) // so that it does not mend what should not break
        .withProgressLimit(Duration.ofSeconds(2))
        .withWriteDeadline(Duration.ofSeconds(5))
        .withChunkBytes(1 + random.nextInt(200))
        .withChunksInFlight(1 + random.nextInt(3))
        .withBatchesInFlight(1 + random.nextInt(3))
        .withBatchBytes(1 + random.nextInt(500))
        .withMaxTransfers(1 + random.nextInt(3));
  }

  /**
   * Walks once.
   *
   * @param keep whether the table keeps the records of nodes that are gone
   * @param rules all of them, or all but one, to see that it is needed
   */
  static Result run(long seed, boolean keep, Rules rules) {
    int size = 3 + (int) Math.floorMod(seed, 3L);
    return new Simulation(seed, size, keep, rules, null).run();
  }

  /** Walks once, and tells every step as a line of text. */
  static Result trace(long seed, boolean keep, Rules rules, Consumer<String> traced) {
    int size = 3 + (int) Math.floorMod(seed, 3L);
    return new Simulation(seed, size, keep, rules, traced).run();
  }

  private void trace(String line) {
    Consumer<String> told = traced;
    if (told != null) {
      // arrays have no text of their own
      told.accept(
          String.format(
              "%10.6f %s", network.now() / 1e9, line.replaceAll("\\[[A-Z]@[0-9a-f]+", "[...]")));
    }
  }

  private Result run() {
    nodes.forEach(node -> node.start(addresses));
    network.run(Duration.ofMillis(500));
    int steps = 300 + (int) Math.floorMod(seed, 7L) * 100;
    for (int i = 0; i < steps && wrong == null; i++) {
      step();
      checkReplays(false);
      network.run(Duration.ofNanos((long) (random.nextDouble() * MAX_STEP.toNanos())));
    }
    if (wrong == null) {
      settle();
    }
    return new Result(
        seed, wrong, faults, history.size(), Duration.ofNanos(network.now()), network.events());
  }

  // ---- the walk

  private void step() {
    SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
    double chance = random.nextDouble();
    if (chance < 0.35) {
      insert(node, 1);
    } else if (chance < 0.45) {
      delete(node);
    } else if (chance < 0.50) {
      insert(node, 3);
    } else if (chance < 0.56) {
      cutOrHeal(node, nodes.get(random.nextInt(nodes.size())));
    } else if (chance < 0.60) {
      reset(node, nodes.get(random.nextInt(nodes.size())));
    } else if (chance < 0.607) {
      if (node.isUp()) {
        did(Fault.CRASH);
        node.crash();
      }
    } else if (chance < 0.61) {
      if (node.isUp()) {
        did(Fault.LEAVE);
        node.leave();
      }
    } else if (chance < 0.64) {
      restart(node);
    } else if (chance < 0.66) {
      compare(node);
    } else if (chance < 0.67) {
      linkAgain(node);
    } else if (chance < 0.675 && mayPause) {
      did(Fault.PAUSE);
      network.pause(node.address(), Duration.ofMillis(100 + random.nextInt(3000)));
    }
  }

  private void did(Fault fault) {
    trace(fault.toString());
    faults.merge(fault, 1, Integer::sum);
  }

  private void insert(SimulatedNode node, int count) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        rows.add(new Row("k" + random.nextInt(KEYS), ++values));
      }
      calls.add(table.insert(rows, deadline(), false));
    }
  }

  private void delete(SimulatedNode node) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      calls.add(table.delete(List.of("k" + random.nextInt(KEYS)), deadline(), false));
    }
  }

  private long deadline() {
    return network.now() + Duration.ofSeconds(5).toNanos();
  }

  private void cutOrHeal(SimulatedNode a, SimulatedNode b) {
    if (a != b) {
      did(Fault.CUT_OR_HEAL);
      if (network.isCut(a.address(), b.address())) {
        network.heal(a.address(), b.address());
      } else {
        network.cut(a.address(), b.address());
      }
    }
  }

  private void reset(SimulatedNode a, SimulatedNode b) {
    if (a != b) {
      did(Fault.RESET);
      network.reset(a.address(), b.address());
    }
  }

  private void compare(SimulatedNode node) {
    TableReplica<?, ?> replica = node.replica();
    if (replica != null) {
      did(Fault.COMPARE);
      node.onLoop(replica::compare);
    }
  }

  private void linkAgain(SimulatedNode node) {
    TableReplica<?, ?> replica = node.replica();
    if (replica != null) {
      did(Fault.LINK_AGAIN);
      node.onLoop(() -> replica.linkAgain("the simulation wants it"));
    }
  }

  private void restart(SimulatedNode node) {
    if (!node.isUp()) {
      did(Fault.RESTART);
      node.start(addresses);
    }
  }

  private void checkReplays(boolean atRest) {
    for (SimulatedNode node : nodes) {
      String differs = wrong == null ? node.replayDiffers(atRest) : null;
      if (differs != null) {
        wrong = "at " + node.name() + " " + differs;
      }
    }
  }

  // ---- the end

  private void settle() {
    network.healAll();
    nodes.forEach(this::restart);
    long before = network.events();
    if (!network.runUntil(this::allJoined, SETTLING)) {
      wrong = "not joined " + SETTLING + " after the last fault: " + links();
      return;
    }
    network.run(Duration.ofSeconds(10));
    wrong = atRest(before);
  }

  private @Nullable String atRest(long eventsBefore) {
    checkReplays(true);
    if (wrong != null) {
      return wrong;
    }
    if (!allJoined()) {
      return "links that were joined broke though nothing happened: " + links();
    }
    if (network.events() - eventsBefore > 1_000_000) {
      return "a storm: " + (network.events() - eventsBefore) + " events while nothing happened";
    }
    for (SimulatedNode node : nodes) {
      if (node.framesRefused() > 0) {
        return "a well-formed frame was refused at " + node.name();
      }
    }
    if (calls.stream().anyMatch(call -> !call.isDone()) && mayNotWait()) {
      return "a call never ended";
    }
    Map<String, TableSnapshot> replicas = new LinkedHashMap<>();
    for (SimulatedNode node : nodes) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null) {
        replicas.put(node.name(), replica.snapshot());
      }
    }
    String violation = history.violation(replicas);
    return violation == null ? visibleDiffers() : violation;
  }

  /** Calls of a node that crashed end with it, and nobody is there to be told. */
  private boolean mayNotWait() {
    return !faults.containsKey(Fault.CRASH);
  }

  private @Nullable String visibleDiffers() {
    List<Row> first = null;
    for (SimulatedNode node : nodes) {
      LocalTable<String, Row> table = node.table();
      if (table != null) {
        List<Row> rows = table.stream().sorted((a, b) -> a.key().compareTo(b.key())).toList();
        if (rows.size() != table.size()) {
          return node.name() + " has " + rows.size() + " records and says " + table.size();
        }
        if (first != null && !first.equals(rows)) {
          return "readers see " + first + " and at " + node.name() + " " + rows;
        }
        first = rows;
      }
    }
    return null;
  }

  private boolean allJoined() {
    for (SimulatedNode node : nodes) {
      TableReplica<?, ?> replica = node.replica();
      if (replica == null) {
        return false;
      }
      List<LinkSnapshot> links = replica.snapshot().links();
      if (links.size() != nodes.size() - 1
          || links.stream().anyMatch(link -> !link.joined() || !link.peerJoined())) {
        return false;
      }
    }
    return true;
  }

  private String links() {
    StringBuilder text = new StringBuilder();
    for (SimulatedNode node : nodes) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null) {
        text.append(' ').append(node.name()).append(' ').append(replica.linkStates());
      }
    }
    return text.toString();
  }

  // ---- what is checked at every write

  private final class Checks implements Witness {
    @Override
    public boolean looks() {
      return true;
    }

    @Override
    public void written(String table, Incarnation origin, long stamp, List<SeenChange> changes) {
      history.written(origin, stamp, changes);
      trace(origin + " writes " + stamp + " " + changes);
    }

    @Override
    public void received(String table, Incarnation at, Incarnation from, Object message) {
      trace(at + " from " + from + ": " + message);
    }

    /** Nothing overtakes the stream of an origin that the node is joined with. */
    @Override
    public void copied(String table, Incarnation at, Incarnation origin, long stamp) {
      TableReplica<?, ?> replica = replicaOf(at);
      if (replica == null || wrong != null || replica.hasTakenIn(origin, stamp)) {
        return;
      }
      if (replica.snapshot().links().stream()
          .anyMatch(link -> link.joined() && link.peer().equals(origin))) {
        wrong = "at " + at + " a version overtook the stream of " + origin + ": " + stamp;
      }
    }

    /** At completion, every node joined with the writer over the current link has the write. */
    @Override
    public void completed(String table, Incarnation origin, long stamp) {
      TableReplica<?, ?> writer = replicaOf(origin);
      if (writer == null || wrong != null) {
        return;
      }
      for (LinkSnapshot link : writer.snapshot().links()) {
        TableReplica<?, ?> other = replicaOf(link.peer());
        if (link.joined()
            && link.peerJoined()
            && other != null
            && hasSameLink(other, origin, link)
            && !other.hasTakenIn(origin, stamp)) {
          wrong = "complete, but " + link.peer() + " has not taken in " + origin + "/" + stamp;
        }
      }
    }

    private boolean hasSameLink(TableReplica<?, ?> other, Incarnation origin, LinkSnapshot link) {
      return other.snapshot().links().stream()
          .anyMatch(
              back ->
                  back.peer().equals(origin)
                      && back.mine() == link.yours()
                      && back.yours() == link.mine());
    }

    private @Nullable TableReplica<?, ?> replicaOf(Incarnation incarnation) {
      for (SimulatedNode node : nodes) {
        if (node.isUp() && node.incarnation().equals(incarnation)) {
          return node.replica();
        }
      }
      return null;
    }
  }
}
