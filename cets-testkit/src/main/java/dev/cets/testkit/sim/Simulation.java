package dev.cets.testkit.sim;

import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.TableOptions;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.SimulatedNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One walk of a whole cluster of real nodes in virtual time: a workload and faults; then the faults
 * stop, and the replicas are checked against a model that knows only the set of writes. All of it
 * runs on the caller's thread.
 */
public final class Simulation {
  private static final int BASE_PORT = 7000;
  private static final Duration BEGINNING = Duration.ofMillis(500);
  private static final Duration RACE_DEADLINE = Duration.ofSeconds(5);
  private static final Duration CALM_DEADLINE = Duration.ofSeconds(100);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration SETTLING = Duration.ofMinutes(2);
  private static final long STORM_PER_PAIR_AND_SECOND = 1_000;

  private final Walk walk;
  private final Random random;
  private final SimulatedNetwork network;
  private final Cluster cluster;
  private final Verdict verdict = new Verdict();
  private final Trace trace;
  private final Faults faults;
  private final Calls calls;
  private final Moves moves;
  private final Witnesses witnesses;

  private Simulation(Walk walk, Rules rules, @Nullable Consumer<String> told) {
    this.walk = walk;
    this.random = new Random(walk.seed());
    this.network = new SimulatedNetwork(walk.seed());
    this.cluster = new Cluster(network);
    this.trace = new Trace(network, told);
    network.latency(Duration.ofMillis(1), walk.profile().maxLatency(walk.seed()));
    if (walk.profile() == Profile.ROUGH || walk.profile() == Profile.LOSSY) {
      network.highWater(2_000 + Math.floorMod(walk.seed(), 5L) * 10_000);
    }
    boolean bag = walk.type() == TableType.BAG;
    WriteHistory history = new WriteHistory(bag);
    this.witnesses = new Witnesses(history, trace);
    CallCheck ends = new CallCheck(network, verdict);
    ReceiptCheck receipts = new ReceiptCheck(cluster, history, verdict, walk.keep());
    PauseCheck pauses = new PauseCheck(cluster, history, verdict);
    RaceCheck races = new RaceCheck(verdict, walk.isCalm(), bag);
    this.faults = new Faults(cluster, random, trace);
    this.calls = new Calls(ends, receipts, pauses);
    Workload workload = new Workload(cluster, random, bag, calls);
    this.moves =
        Moves.of(
            walk,
            workload,
            new RaceWorkload(cluster, random, workload, calls, races, raceDeadline()),
            new Operators(cluster, random, calls, pauses, walk.profile().longestPause()),
            faults);
    for (Checker checker : List.of(races, ends, receipts, pauses)) {
      witnesses.add(checker);
    }
    addCheckers(history);
    addNodes(rules);
  }

  private Duration raceDeadline() {
    return walk.isCalm() ? CALM_DEADLINE : RACE_DEADLINE;
  }

  private void addCheckers(WriteHistory history) {
    witnesses.add(faults.checkpoints());
    witnesses.add(new AcknowledgementCheck(cluster, verdict, walk.keep()));
    witnesses.add(new OvertakingCheck(cluster, verdict));
    witnesses.add(new StateCheck(history, verdict));
    witnesses.add(new VisibilityCheck(history, verdict, walk));
    witnesses.add(new OrderCheck(history, verdict));
    witnesses.add(new OrderedReadCheck(verdict, walk.seed()));
    witnesses.add(new LimitCheck(verdict));
    witnesses.add(new ReplayCheck(cluster, verdict));
    witnesses.add(new EqualityCheck(cluster, history, verdict));
    if (walk.keep()) {
      PresenceCheck presence = new PresenceCheck(verdict, Workload.STEADY_KEYS);
      network.observe(address -> happened(address, presence));
    }
  }

  private void addNodes(Rules rules) {
    for (int i = 0; i < walk.nodes(); i++) {
      addNode("n" + i, new NodeAddress("n" + i, BASE_PORT + i), walk.retention(i), rules);
    }
    if (walk.hasTwin()) {
      addNode("n0", new NodeAddress("twin", BASE_PORT), walk.retention(0), rules);
    }
  }

  private void addNode(String name, NodeAddress address, Duration retention, Rules rules) {
    Settings settings = walk.profile().settings(random);
    TableOptions options = new TableOptions(Duration.ZERO, retention);
    cluster.add(
        new SimulatedNode(
            network, name, address, settings, options, rules, witnesses, walk, trace));
  }

  /** Walks once, with all rules of the protocol. */
  public static SimulationResult run(Walk walk) {
    return run(walk, Rules.ALL);
  }

  /**
   * Walks once.
   *
   * @param rules all of them, or all but one, to see that it is needed
   */
  static SimulationResult run(Walk walk, Rules rules) {
    return new Simulation(walk, rules, null).run();
  }

  /** Walks once, and tells everything that happens, a line each. */
  public static SimulationResult trace(Walk walk, Consumer<String> told) {
    return new Simulation(walk, Rules.ALL, told).run();
  }

  private void happened(NodeAddress address, PresenceCheck presence) {
    SimulatedNode node = cluster.at(address);
    if (node != null) {
      presence.event(node);
    }
  }

  private SimulationResult run() {
    for (SimulatedNode node : cluster.nodes()) {
      if (cluster.mayRun(node)) {
        cluster.start(node);
      }
    }
    network.run(BEGINNING);
    if (walk.isCalm()) {
      settle();
    }
    List<SimulatedNode> nodes = cluster.nodes();
    int steps = walk.profile().steps(walk.seed());
    double maxStep = walk.profile().maxStep().toNanos();
    for (int i = 0; i < steps && !verdict.isWrong(); i++) {
      moves.step(nodes.get(random.nextInt(nodes.size())), random);
      network.run(Duration.ofNanos((long) (random.nextDouble() * maxStep)));
      look();
    }
    faults.stop();
    if (walk.profile().endsTwice() && !cluster.up().isEmpty()) {
      settle();
    }
    nodes.forEach(faults::restart);
    settle();
    return new SimulationResult(
        walk,
        verdict.violation(),
        faults.done(),
        calls.operations(),
        verdict.checks(),
        Duration.ofNanos(network.now()),
        network.events());
  }

  private void look() {
    witnesses.checkers().forEach(Checker::step);
    for (SimulatedNode node : cluster.nodes()) {
      TableReplica<?, ?> replica = node.replica();
      if (replica != null) {
        TableSnapshot state = replica.snapshot();
        witnesses.checkers().forEach(checker -> checker.look(node, replica, state));
      }
    }
  }

  /** Nothing goes wrong any more: all links join, and then it is quiet. */
  private void settle() {
    if (verdict.isWrong()) {
      return;
    }
    long awake =
        cluster.nodes().stream().mapToLong(SimulatedNode::pausedUntilNanos).max().orElse(0);
    network.run(Duration.ofNanos(Math.max(0, awake - network.now())));
    boolean joined = joined();
    verdict.check(
        "all links join",
        () ->
            joined ? null : "not joined " + SETTLING + " after the last fault: " + cluster.links());
    if (verdict.isWrong()) {
      return;
    }
    look();
    long before = network.events();
    network.run(quiet());
    long events = network.events() - before;
    verdict.check("all links stay joined", this::broken);
    verdict.check("no storm", () -> storm(events));
    verdict.check("no well-formed frame is refused", this::refused);
    witnesses.checkers().forEach(Checker::end);
  }

  /** Looked at now and then only, as it takes longer than an event does. */
  private boolean joined() {
    long end = network.now() + SETTLING.toNanos();
    while (!cluster.isJoined() && network.now() < end) {
      network.run(LOOK);
    }
    return cluster.isJoined();
  }

  private Duration quiet() {
    return walk.isCalm() ? CALM_DEADLINE : walk.profile().quiet();
  }

  private @Nullable String broken() {
    return cluster.isJoined()
        ? null
        : "links that were joined broke though nothing happened: " + cluster.links();
  }

  private @Nullable String storm(long events) {
    long pairs = (long) walk.nodes() * walk.nodes();
    long most = STORM_PER_PAIR_AND_SECOND * pairs * quiet().toSeconds();
    return events < most ? null : events + " events while nothing happened";
  }

  private @Nullable String refused() {
    for (SimulatedNode node : cluster.up()) {
      if (node.framesRefused() > 0) {
        return "a well-formed frame was refused at " + node.name();
      }
    }
    return null;
  }
}
