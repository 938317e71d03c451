package dev.cets.server.demo;

import dev.cets.server.client.CountingInputStream;
import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.DaemonFailure;
import dev.cets.server.client.Loader;
import dev.cets.server.console.Progress;
import dev.cets.server.console.Terminal;
import dev.cets.server.console.Texts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demonstration, step by step: start, load, traffic, kill, restart, compare. Used once, by one
 * thread.
 */
public final class Demo {
  private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);
  private static final Duration GONE_LIMIT = Duration.ofSeconds(15);
  private static final Duration EQUAL_LIMIT = Duration.ofSeconds(20);
  private static final List<String> TABLES = List.of("places", "sessions");
  private static final int BATCH_LINES = 500;

  private final int nodes;
  private final Duration trafficTime;
  private final Terminal terminal;
  private final View view;
  private final Stopwatch total = new Stopwatch();

  /**
   * With how many processes, how long the traffic goes on, and where it is shown.
   *
   * @param answerOnly whether standard output is for the result alone
   */
  public Demo(int nodes, Duration trafficTime, Terminal terminal, boolean answerOnly) {
    this.nodes = nodes;
    this.trafficTime = trafficTime;
    this.terminal = terminal;
    this.view =
        answerOnly
            ? new View(terminal.err(), terminal.isErrTerminal())
            : new View(terminal.out(), terminal.isOutTerminal());
  }

  /** Runs it to its end, and leaves no process behind. */
  public DemoResult run() throws DemoFailure, DaemonFailure, InterruptedException {
    view.event("starting " + nodes + " node processes on 127.0.0.1");
    try (Processes processes = Processes.start(nodes)) {
      List<Member> members = processes.members();
      Await.until(JOIN_LIMIT, "all nodes are joined", () -> allReady(members));
      view.event("all nodes are up and joined after " + total.text());
      byte[] sample = SamplePlaces.jsonLines();
      load(members.getFirst(), sample);
      return withTraffic(processes, new String(sample, StandardCharsets.UTF_8).lines().toList());
    }
  }

  private static boolean allReady(List<Member> members) {
    return members.stream().allMatch(member -> member.isJoinedWith(members.size() - 1));
  }

  private void load(Member member, byte[] sample) throws DemoFailure, DaemonFailure {
    DaemonClient client = clientOf(member);
    var loader = new Loader(client, "places", "places.jsonl", BATCH_LINES);
    try (var in = new CountingInputStream(new ByteArrayInputStream(sample));
        var progress = new Progress(terminal, "load places", sample.length)) {
      loader.load(in, records -> progress.update(in.count(), records));
      progress.clear();
      view.event(
          "%s places of the world loaded through %s, %s records/s; they belong to the cluster"
              .formatted(
                  Texts.count(loader.written()),
                  member.name(),
                  Texts.count(Math.round(loader.written() / progress.seconds()))));
    } catch (IOException e) {
      throw new IllegalStateException("an array cannot fail to be read", e);
    }
  }

  private DemoResult withTraffic(Processes processes, List<String> places)
      throws DemoFailure, DaemonFailure, InterruptedException {
    List<Member> members = processes.members();
    List<Traffic> traffic = new ArrayList<>();
    for (Member member : members) {
      traffic.add(new Traffic(member, places, member.name().hashCode()));
    }
    traffic.forEach(Traffic::start);
    view.event("writes begin on every node: sessions of its own, and places of all");
    var clock = new Stopwatch();
    Member victim = members.getLast();
    List<Member> others = members.subList(0, members.size() - 1);
    long goneMillis;
    long refilledMillis;
    var watch = new Watch(members, traffic, view);
    try {
      clock.sleepUntil(trafficTime.multipliedBy(3).dividedBy(10));
      goneMillis = kill(victim, others);
      clock.sleepUntil(trafficTime.multipliedBy(6).dividedBy(10));
      refilledMillis = restart(processes, victim, others.getFirst());
      clock.sleepUntil(trafficTime);
      for (Traffic one : traffic) {
        one.end();
      }
    } finally {
      watch.end();
      view.settle();
    }
    return compare(members, traffic, victim, goneMillis, refilledMillis);
  }

  private long kill(Member victim, List<Member> others)
      throws DemoFailure, DaemonFailure, InterruptedException {
    String prefix = victim.name() + "-";
    long before = Replicas.replica(clientOf(others.getFirst()), "sessions", prefix).records();
    view.event(
        "%s is killed (SIGKILL); the others have %s sessions of it"
            .formatted(victim.name(), Texts.count(before)));
    var clock = new Stopwatch();
    victim.kill();
    for (Member other : others) {
      DaemonClient client = clientOf(other);
      Await.until(
          GONE_LIMIT,
          "the sessions of " + victim.name() + " are gone from " + other.name(),
          () -> Replicas.replica(client, "sessions", prefix).records() == 0);
    }
    view.event("its sessions are gone from every other node after " + clock.text());
    return clock.millis();
  }

  private long restart(Processes processes, Member victim, Member other)
      throws DemoFailure, DaemonFailure, InterruptedException {
    view.event(victim.name() + " is started again, with nothing in memory");
    var clock = new Stopwatch();
    processes.restart(victim);
    Await.until(JOIN_LIMIT, victim.name() + " is in step again", victim::isReady);
    long places = Replicas.replica(clientOf(victim), "places", "").records();
    long expected = Replicas.replica(clientOf(other), "places", "").records();
    if (places != expected) {
      throw new DemoFailure(
          "%s says it is in step, but has %d places where %s has %d"
              .formatted(victim.name(), places, other.name(), expected));
    }
    view.event(
        "%s has filled itself: %s places, %s after its start"
            .formatted(victim.name(), Texts.count(places), clock.text()));
    return clock.millis();
  }

  private DemoResult compare(
      List<Member> members,
      List<Traffic> traffic,
      Member victim,
      long goneMillis,
      long refilledMillis)
      throws DemoFailure, DaemonFailure, InterruptedException {
    long writes = traffic.stream().mapToLong(Traffic::acknowledged).sum();
    long unknown = traffic.stream().mapToLong(Traffic::unknown).sum();
    view.event(Texts.count(writes) + " writes acknowledged; now all replicas are compared");
    long records = 0;
    boolean equal = true;
    for (String table : TABLES) {
      Replicas replicas = Replicas.of(table, members);
      // A write that ended "unknown" may still be on its way.
      for (var clock = new Stopwatch(); !replicas.equal() && !clock.isOver(EQUAL_LIMIT); ) {
        Await.pause();
        replicas = Replicas.of(table, members);
      }
      records += replicas.records();
      if (!replicas.equal()) {
        equal = false;
        view.event("replicas of " + table + " differ: " + replicas.describe());
      }
    }
    view.event(equal ? "replicas equal" : "replicas NOT equal");
    return new DemoResult(
        nodes,
        records,
        writes,
        unknown,
        total.millis() / 1000.0,
        equal,
        victim.name(),
        goneMillis,
        refilledMillis);
  }

  private static DaemonClient clientOf(Member member) throws DemoFailure {
    DaemonClient client = member.client();
    if (client == null) {
      throw new DemoFailure("node " + member.name() + " is down, and should not be");
    }
    return client;
  }
}
