package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cets.CetsNode;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/** What a node logs, word by word: one line for each thing that happens, and no more. */
@Isolated("reads what all log")
class LogLinesTest extends SplitTest {
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.cets.node");
  private Level before;

  @BeforeEach
  void listen() {
    before = logger.getLevel();
    logger.setLevel(Level.INFO);
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void listenNoMore() {
    logger.detachAppender(logged);
    logger.setLevel(before);
  }

  /** The lines of node a, without the letters of runs and without what depends on the wire. */
  private List<String> linesOfA() {
    List<String> lines =
        logged.list.stream()
            .map(ILoggingEvent::getFormattedMessage)
            .filter(line -> line.startsWith("a: "))
            .map(line -> line.replaceAll("#[0-9a-z]+", "#run"))
            .map(line -> line.replaceAll("[1-9][0-9]+ bytes", "N bytes"))
            .toList();
    assertThat(logged.list).allMatch(event -> event.getThrowableProxy() == null);
    logged.list.clear();
    return lines;
  }

  @Test
  void story_joinCutHealCrashRestartAndLeave_isToldLineByLine() {
    cluster.join("a", "b");
    cluster.run(Duration.ofSeconds(10));
    sessions("b").insertMany(List.of(BOB, CAROL));
    assertThat(linesOfA())
        .containsExactly(
            "a: node b is up as b#run",
            "a: table sessions joined with b: 0 records of 0 bytes came in 0.0 s, 0 records now");

    cluster.cut("a", "b");
    cluster.run(Duration.ofMinutes(2));
    assertThat(linesOfA()).containsExactly("a: node b is down, after 18.1 s: silent for 8 s");

    healed("a", "b");
    cluster.run(Duration.ofMinutes(5));
    assertThat(linesOfA())
        .containsExactly(
            "a: node b is up as b#run, after 1 min 52 s",
            "a: table sessions joined with b: 0 records of 0 bytes came in 0.0 s, 2 records now");

    cluster.kill("b");
    cluster.run(Duration.ofSeconds(3));
    assertThat(linesOfA())
        .containsExactly("a: node b is down, after 5 min 1 s: closed by the other side");

    cluster.join("a", "b");
    cluster.run(Duration.ofHours(2));
    assertThat(linesOfA())
        .containsExactly(
            "a: node b is up as b#run, after 3.0 s",
            "a: table sessions joined with b: 0 records of 0 bytes came in 0.0 s, 0 records now");

    cluster.leave("b");
    cluster.run(Duration.ofMinutes(10));
    assertThat(linesOfA()).containsExactly("a: node b is down, after 2 h 0 min: it left");
  }

  @Test
  void join_filledTable_saysHowMuchCameAndHowLongItTook() {
    cluster.start("b");
    sessions("b")
        .insertMany(
            IntStream.range(0, 10_000).mapToObj(i -> new Session("s" + i, "user")).toList());
    CetsNode a = cluster.start("a");
    sessions("a");
    cluster.network().slow(Objects.requireNonNull(a.address()), Duration.ofMillis(500));
    a.connect(Objects.requireNonNull(cluster.node("b").address()));
    a.awaitReady(Duration.ofMinutes(1));

    assertThat(linesOfA())
        .containsExactly(
            "a: node b is up as b#run",
            "a: transfer of table sessions from b takes long, 5.1 s so far; it waits for b, has"
                + " 4569 of about 10020 records, N bytes, 45 %",
            "a: transfer of table sessions from b takes long, 10.1 s so far; it waits for b, has"
                + " 10000 of about 10000 records, N bytes, 100 %",
            "a: transfer of table sessions from b is done, after 10.5 s",
            "a: table sessions joined with b: 10000 records of N bytes came in 10.5 s, 10000"
                + " records now");
  }

  @Test
  void conflicts_many_oneLineThenHowManyMore() {
    cluster.join("a", "b");
    cluster.split("a", "b");
    for (int i = 0; i < 5; i++) {
      sessions("a").insert(new Session("s" + i, "a"));
      sessions("b").insert(new Session("s" + i, "b"));
    }
    linesOfA();
    healed("a", "b");
    assertThat(linesOfA())
        .filteredOn(line -> line.contains("without knowing"))
        .containsExactly(
            "a: table sessions: key s4 was written without knowing of each other by"
                + " [b#run, a#run]");

    cluster.run(Duration.ofMinutes(2));
    cluster.split("a", "b");
    sessions("a").insert(new Session("s9", "a"));
    sessions("b").insert(new Session("s9", "b"));
    healed("a", "b");

    assertThat(linesOfA())
        .filteredOn(line -> line.contains("without knowing"))
        .containsExactly(
            "a: table sessions: key s9 was written without knowing of each other by"
                + " [b#run, a#run]; 4 more since the last such line");
  }

  @Test
  void handler_throws_isLoggedOnceWithItsReason() {
    RuntimeException failure = new IllegalStateException("it fails");
    cluster.start(
        "a",
        settings ->
            settings.onNodeDown(
                down -> {
                  throw failure;
                }));
    cluster.join("a", "b");

    cluster.kill("b");
    cluster.run(Duration.ofMinutes(2));

    assertThat(logged.list)
        .filteredOn(event -> event.getThrowableProxy() != null)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getFormattedMessage())
                  .isEqualTo("a node-down handler of table sessions failed for node b");
              assertThat(event.getThrowableProxy().getMessage()).isEqualTo("it fails");
            });
  }

  @Test
  void handler_takesLong_isLoggedOncePerIntervalAndWhenItIsDone() {
    HeldExecutor callbacks = new HeldExecutor();
    cluster.start("a", settings -> settings.callbackExecutor(callbacks).onNodeDown(down -> {}));
    cluster.join("a", "b");
    cluster.kill("b");
    linesOfA();

    cluster.run(Duration.ofSeconds(11));
    callbacks.letGo();
    cluster.run(Duration.ofMinutes(1));

    assertThat(linesOfA())
        .containsExactly(
            "a: node b is down, after 0.0 s: closed by the other side",
            "a: node-down handling of table sessions for b takes long, 5.1 s so far; it waits for"
                + " the application's handlers",
            "a: node-down handling of table sessions for b takes long, 10.1 s so far; it waits for"
                + " the application's handlers",
            "a: node-down handling of table sessions for b is done, after 11.0 s");
  }

  @Test
  void close_whileTasksAreUnderWay_logsNoError() {
    HeldExecutor callbacks = new HeldExecutor();
    CetsNode a =
        cluster.start("a", settings -> settings.callbackExecutor(callbacks).onNodeDown(down -> {}));
    cluster.join("a", "b", "c");
    cluster.pause("c", Duration.ofMinutes(1));
    var unanswered = sessions("a").insertAsync(ALICE);
    cluster.kill("b");
    cluster.run(Duration.ofSeconds(6));
    linesOfA();

    a.close();
    callbacks.letGo();
    cluster.run(Duration.ofMinutes(1));

    assertThat(linesOfA()).isEmpty();
    assertThat(unanswered).isDone();
  }
}
