package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dumps of a node that goes away, does not answer, or sees others than this one does. */
class RemoteDumpUnderCutTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final List<Session> MANY =
      IntStream.range(0, 20_000).mapToObj(i -> new Session("s" + i, "user" + i)).toList();

  private final SimulatedCluster cluster = new SimulatedCluster(3);

  @AfterEach
  void end() {
    cluster.close();
  }

  private CompletableFuture<List<Session>> dumpUnderWay() {
    cluster.join("a", "b");
    cluster.sessions("b").insertMany(MANY);
    CompletableFuture<List<Session>> dump = cluster.sessions("a").dumpAsync("b", DEADLINE);
    cluster.run(Duration.ofMillis(1));
    assertThat(dump).isNotDone();
    return dump;
  }

  private void assertFails(CompletableFuture<List<Session>> dump, String reason) {
    cluster.await(dump::isDone);
    assertThatThrownBy(dump::join)
        .hasCauseInstanceOf(CetsException.class)
        .hasMessageContaining("no dump of node b: " + reason)
        .hasMessageContaining("none of them is told");
  }

  @Test
  void dump_nodeIsKilledInTheMiddle_failsAtOnce() {
    CompletableFuture<List<Session>> dump = dumpUnderWay();
    long begin = cluster.network().now();

    cluster.kill("b");

    assertFails(dump, "the link with it ended");
    assertThat(Duration.ofNanos(cluster.network().now() - begin)).isLessThan(DEADLINE);
  }

  @Test
  void dump_nodeDoesNotAnswer_failsAtTheDeadline() {
    cluster.join("a", "b");
    cluster.sessions("b").insertMany(MANY);
    cluster.cut("a", "b");
    long begin = cluster.network().now();

    assertThatThrownBy(() -> cluster.sessions("a").dump("b", DEADLINE))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("no dump of node b: the deadline passed; 0 records had come");

    assertThat(Duration.ofNanos(cluster.network().now() - begin))
        .isBetween(DEADLINE, DEADLINE.plusMillis(200));
  }

  @Test
  void close_nodeInTheMiddleOfADump_endsIt() {
    CompletableFuture<List<Session>> dump = dumpUnderWay();

    cluster.leave("a");

    assertFails(dump, "");
  }

  @Test
  void dump_ofANodeThatSeesOthers_isWhatThatNodeShows() {
    cluster.join("a", "b", "c");
    Session ofB = new Session("1", "of b");
    cluster.sessions("b").insert(ofB);
    cluster.split("a", "b");

    assertThat(cluster.sessions("a").dump()).isEmpty();
    assertThat(cluster.sessions("a").dump("c", DEADLINE)).containsExactly(ofB);
  }
}
