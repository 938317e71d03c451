package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALICE;
import static dev.cets.testkit.ClusterContract.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cets.NodeDownHandler;
import dev.cets.Pause;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.spi.Codec;
import dev.cets.testkit.ClusterHarness.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What the log says of what went wrong, and what it does not say. */
@Isolated("reads what all log")
class WhatIsLoggedTest {
  private final SimulatedCluster cluster = new SimulatedCluster(13);
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.cets.node");
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private boolean wasAdditive;

  @BeforeEach
  void begin() {
    wasAdditive = logger.isAdditive();
    logger.setLevel(Level.DEBUG);
    logger.setAdditive(false);
    logger.addAppender(logged);
    logged.start();
  }

  @AfterEach
  void end() {
    cluster.close();
    logger.detachAppender(logged);
    logger.setLevel(null);
    logger.setAdditive(wasAdditive);
  }

  private List<ILoggingEvent> lines(Level level, String... parts) {
    return logged.list.stream()
        .filter(line -> line.getLevel().equals(level))
        .filter(line -> List.of(parts).stream().allMatch(line.getFormattedMessage()::contains))
        .toList();
  }

  // ---- node-down handlers

  private SetTable<String, Session> joinedWithHandlers(NodeDownHandler... handlers) {
    SetSpec<String, Session> spec = ClusterHarness.SESSIONS;
    for (NodeDownHandler handler : handlers) {
      spec = spec.onNodeDown(handler);
    }
    cluster.start("a", settings -> settings.nodeDownHandlerLimit(Duration.ofSeconds(3)));
    SetTable<String, Session> table = cluster.node("a").open(spec);
    cluster.start("b").open(ClusterHarness.SESSIONS);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");
    return table;
  }

  private void restartB() {
    cluster.kill("b");
    cluster.awaitDown("a", "b");
    cluster.start("b").open(ClusterHarness.SESSIONS).insert(ALICE);
    cluster.connect("a", "b");
  }

  @Test
  void nodeDown_handlerThrows_isLoggedAndReplicationGoesOn() {
    SetTable<String, Session> table =
        joinedWithHandlers(
            down -> {
              throw new IllegalStateException("no such room");
            });

    restartB();

    cluster.await(() -> table.contains("1"));
    assertThat(lines(Level.ERROR, "node-down handler", "sessions", "node b"))
        .singleElement()
        .satisfies(
            line -> assertThat(line.getThrowableProxy().getMessage()).isEqualTo("no such room"));
  }

  @Test
  void nodeDown_handlerDiesOfAnError_isLoggedAndCountsAsDone() {
    List<String> told = new ArrayList<>();
    SetTable<String, Session> table =
        joinedWithHandlers(
            down -> {
              throw new StackOverflowError("too deep");
            },
            down -> told.add(down.node()));

    long begin = cluster.network().now();
    restartB();

    cluster.await(() -> table.contains("1"));
    assertThat(Duration.ofNanos(cluster.network().now() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(told).containsExactly("b");
    assertThat(lines(Level.ERROR, "node-down handler", "sessions", "node b")).hasSize(1);
  }

  @Test
  void nodeDown_executorRejects_isLoggedOnceAndHandlersAreToldElsewhere() {
    List<String> told = new ArrayList<>();
    cluster.start(
        "a",
        settings ->
            settings.callbackExecutor(
                task -> {
                  throw new RejectedExecutionException("no room");
                }));
    NodeDownHandler handler = down -> told.add(down.node());
    cluster.node("a").open(ClusterHarness.SESSIONS.onNodeDown(handler).onNodeDown(handler));
    cluster.start("b").open(ClusterHarness.SESSIONS);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    cluster.kill("b");
    cluster.awaitDown("a", "b");
    cluster.await(() -> told.size() == 2);

    assertThat(lines(Level.WARN, "a: the callback executor does not take", "no room")).hasSize(1);
  }

  /** Whose failure it is, of which table, and no more of its message than a line needs. */
  @Test
  void frame_codecThrows_isLoggedAsTheCodecsFailure() {
    SetSpec<String, Session> atB =
        TableSpec.set(
            ClusterHarness.SESSIONS.name(),
            ClusterHarness.SESSIONS.keyCodec(),
            new ForgetfulCodec(ClusterHarness.SESSIONS.recordCodec()),
            Session::id);
    cluster.start("a");
    SetTable<String, Session> table = cluster.node("a").open(ClusterHarness.SESSIONS);
    cluster.start("b").open(atB);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    var unused = table.insertAsync(ALICE);
    cluster.run(Duration.ofSeconds(1));

    assertThat(
            lines(
                Level.WARN,
                "b: a frame of a was refused: the record codec of table sessions threw"
                    + " java.lang.IllegalStateException: long long"))
        .singleElement()
        .satisfies(line -> assertThat(line.getFormattedMessage()).hasSizeLessThan(350));
    assertThat(lines(Level.ERROR)).isEmpty();
  }

  private record ForgetfulCodec(Codec<Session> codec) implements Codec<Session> {
    @Override
    public byte[] encode(Session value) {
      return codec.encode(value);
    }

    @Override
    public Session decode(ByteBuffer bytes) {
      throw new IllegalStateException("long ".repeat(1000));
    }

    @Override
    public String fingerprint() {
      return codec.fingerprint();
    }

    @Override
    public boolean canonical() {
      return codec.canonical();
    }
  }

  @Test
  void nodeDown_handlersTakeTooLong_isLoggedWhenTheirTimeIsOver() {
    List<Runnable> neverRun = new ArrayList<>();
    cluster.start(
        "a",
        settings ->
            settings.callbackExecutor(neverRun::add).nodeDownHandlerLimit(Duration.ofSeconds(3)));
    SetTable<String, Session> table =
        cluster.node("a").open(ClusterHarness.SESSIONS.onNodeDown(down -> {}));
    cluster.start("b").open(ClusterHarness.SESSIONS);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    restartB();
    cluster.run(Duration.ofMillis(2500));
    assertThat(lines(Level.WARN, "handlers")).isEmpty();
    assertThat(table.contains("1")).isFalse();
    cluster.await(() -> table.contains("1"));

    assertThat(lines(Level.WARN, "node-down handlers of table sessions for b take too long"))
        .hasSize(1);
    assertThat(neverRun).isNotEmpty();
  }

  @Test
  void nodeDown_handlersAreDoneInTime_nothingIsLoggedOfThem() {
    SetTable<String, Session> table = joinedWithHandlers(down -> {});

    restartB();
    cluster.await(() -> table.contains("1"));
    cluster.run(Duration.ofSeconds(5));

    assertThat(lines(Level.WARN, "handler")).isEmpty();
    assertThat(lines(Level.ERROR)).isEmpty();
  }

  // ---- conflict handlers

  @Test
  void conflict_handlerDiesOfAnError_isLoggedAndTheNextConflictIsTold() {
    List<String> told = new ArrayList<>();
    cluster.start("a");
    SetTable<String, Session> table =
        cluster
            .node("a")
            .open(
                ClusterHarness.SESSIONS.onConflict(
                    conflict -> {
                      told.add(conflict.key());
                      throw new StackOverflowError("too deep");
                    }));
    cluster.start("b");
    SetTable<String, Session> other = cluster.sessions("b");
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");
    for (Session record : List.of(ALICE, BOB)) {
      cluster.split("a", "b");
      table.insert(record);
      other.insert(new Session(record.id(), "another"));
      cluster.heal("a", "b");
      cluster.awaitJoined("a", "b");
      cluster.run(Duration.ofSeconds(1));
    }

    assertThat(told).containsExactly("1", "2");
    assertThat(lines(Level.ERROR, "the conflict handler of table sessions threw")).hasSize(2);
  }

  // ---- nodes that are refused

  @Test
  void refused_reasonHasOtherNumbersEachTime_isLoggedOnceAMinute() {
    cluster.start("a");
    cluster.start("b");
    cluster.skew("b", Duration.ofMinutes(10));
    cluster.connect("a", "b");

    cluster.run(Duration.ofSeconds(50));

    assertThat(cluster.node("a").status().counters().refusedNodes()).isGreaterThan(5);
    assertThat(lines(Level.WARN, "a: node b is not accepted", "CLOCK_SKEW")).hasSizeBetween(1, 2);
  }

  // ---- serial writes

  @Test
  void insertNew_askedNodeDoesNotLead_isLoggedAsDebugEachTimeItIsAsked() {
    cluster.join("a", "b");
    String leader = cluster.sessions("a").leader();
    SetTable<String, Session> table = cluster.sessions(leader.equals("a") ? "b" : "a");
    cluster.refuseToLead(leader, true);
    var call = table.insertNewAsync(ALICE);
    cluster.run(Duration.ofSeconds(1));
    int asked = lines(Level.DEBUG, "node " + leader + " does not lead table sessions").size();
    assertThat(asked).isBetween(5, 20); // with each tick, and not in a storm

    cluster.refuseToLead(leader, false);
    cluster.await(call::isDone);

    assertThat(call.join()).isTrue();
    cluster.run(Duration.ofSeconds(1));
    assertThat(lines(Level.DEBUG, "does not lead")).hasSizeBetween(asked, asked + 1);
  }

  // ---- pauses

  @Test
  void pause_itsTimeIsOver_isLogged() {
    cluster.start("a");
    cluster.sessions("a").pause(Duration.ofSeconds(1));
    cluster.run(Duration.ofSeconds(2));

    assertThat(lines(Level.WARN, "the pause of table sessions by a/")).hasSize(1);
  }

  @Test
  void pause_closedTwice_isNotLogged() {
    cluster.start("a");
    Pause pause = cluster.sessions("a").pause(Duration.ofSeconds(1));
    pause.close();
    pause.close();
    cluster.run(Duration.ofSeconds(2));

    assertThat(lines(Level.WARN)).isEmpty();
  }
}
