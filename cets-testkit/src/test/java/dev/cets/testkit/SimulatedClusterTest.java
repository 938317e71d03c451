package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the test kit does for those who test their own services with it. */
class SimulatedClusterTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = ROOT.resolve("cets-testkit/src");
  private static final String EXAMPLE =
      "test/java/dev/cets/testkit/SessionServiceUnderSplitExampleTest.java";
  private static final Session ALICE = new Session("1", "alice");

  private final SimulatedCluster cluster = new SimulatedCluster(1);

  @AfterEach
  void end() {
    cluster.close();
  }

  private SetTable<String, Session> open(CetsNode node) {
    return node.open(ClusterHarness.SESSIONS);
  }

  @Test
  void startAll_threeNodes_findEachOther() {
    cluster.startAll("a", "b");
    cluster.startAll("c");

    cluster.awaitJoined();

    assertThat(cluster.running()).containsExactly("a", "b", "c");
    assertThat(cluster.node("a").status().joinedNodes()).containsExactly("a", "b", "c");
    assertThat(cluster.node("c").status().joinedNodes()).containsExactly("a", "b", "c");
  }

  @Test
  void restart_runningNode_isANewRunWithItsSettings() {
    cluster.startAll("a");
    cluster.startAmongOthers("b", settings -> settings.maxRecordBytes(100));
    String before = cluster.node("b").status().incarnation();

    SetTable<String, Session> table = open(cluster.restart("b"));
    open(cluster.node("a")).insert(ALICE);
    cluster.awaitEqual();

    assertThat(cluster.node("b").status().incarnation()).isNotEqualTo(before);
    assertThat(table.dump()).containsExactly(ALICE);
    assertThatThrownBy(() -> table.insert(new Session("2", "x".repeat(100))))
        .hasMessageContaining("100 are allowed");
  }

  @Test
  void awaitEqual_writesAreUnderWay_waitsForThem() {
    cluster.startAll("a", "b");
    SetTable<String, Session> atA = open(cluster.node("a"));
    SetTable<String, Session> atB = open(cluster.node("b"));
    cluster.awaitJoined();
    cluster.delay("a", "b", Duration.ofSeconds(2));
    var unused = atA.insertAsync(ALICE);
    cluster.run(Duration.ofSeconds(1));
    assertThat(atB.size()).isZero();

    cluster.awaitEqual();

    assertThat(atB.dump()).containsExactly(ALICE);
  }

  @Test
  void awaitJoined_nodesAreKeptApart_failsAndSaysWhy() {
    cluster.startAll("a", "b");
    cluster.awaitJoined();
    cluster.isolate("a");
    cluster.awaitDown("a", "b");

    assertThatThrownBy(cluster::awaitJoined)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("not joined", "seed 1", "b:7001 cannot be reached: timed out");
    assertThat(cluster.now()).isGreaterThan(Duration.ofMinutes(5));
  }

  @Test
  void insert_sameSeed_takesTheSameTimeToTheNanosecond() {
    assertThat(timeOfAnInsert(7)).isEqualTo(timeOfAnInsert(7)).isNotEqualTo(timeOfAnInsert(8));
  }

  private Duration timeOfAnInsert(long seed) {
    try (SimulatedCluster other = new SimulatedCluster(seed)) {
      other.startAll("a", "b");
      SetTable<String, Session> table = open(other.node("a"));
      open(other.node("b"));
      other.awaitEqual();
      Duration before = other.now();
      table.insert(ALICE);
      return other.now().minus(before);
    }
  }

  // ---- what is shown in documents is what is compiled

  private static String plain(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static void assertIsInTheExample(Path file, Pattern code, int least) throws IOException {
    String example = plain(Files.readString(SOURCES.resolve(EXAMPLE)));
    Matcher matcher = code.matcher(Files.readString(file));
    int count = 0;
    while (matcher.find()) {
      count++;
      assertThat(example).contains(plain(matcher.group(1).replaceAll("(?m)^ +\\* ?", "")));
    }
    assertThat(count).isGreaterThanOrEqualTo(least);
  }

  @Test
  void examples_ofTheDocument_areCompiledAndRun() throws IOException {
    assertIsInTheExample(
        ROOT.resolve("docs/testing.md"), Pattern.compile("```java\n(.*?)```", Pattern.DOTALL), 3);
  }

  @Test
  void example_ofTheJavadoc_isCompiledAndRun() throws IOException {
    assertIsInTheExample(
        SOURCES.resolve("main/java/dev/cets/testkit/SimulatedCluster.java"),
        Pattern.compile("<pre>\\{@code(.*?)}</pre>", Pattern.DOTALL),
        1);
  }
}
