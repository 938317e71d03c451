package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.SetTable;
import dev.cets.UnknownOutcomeException;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pings while a node does not answer. */
class PingUnderCutTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final SimulatedCluster cluster = new SimulatedCluster(9);

  @BeforeEach
  void begin() {
    cluster.join("a", "b", "c");
    cluster.cut("a", "c");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void pingAll_nodeDoesNotAnswer_errorNamesItAtTheDeadline() {
    long begin = cluster.network().now();

    assertThatThrownBy(() -> cluster.sessions("a").pingAll(DEADLINE))
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class, e -> assertThat(e.notAnswered()).containsExactly("c"));

    assertThat(Duration.ofNanos(cluster.network().now() - begin))
        .isBetween(DEADLINE, DEADLINE.plusMillis(200));
  }

  @Test
  void ping_anotherNodeDoesNotAnswer_returnsAllTheSame() {
    var unused = cluster.sessions("a").insertAsync(ALICE);

    assertThat(cluster.sessions("a").ping("b", DEADLINE).appliedBy())
        .containsExactlyInAnyOrder("a", "b");
    assertThat(cluster.sessions("b").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void ping_nodeDoesNotAnswer_errorNamesIt() {
    assertThatThrownBy(() -> cluster.sessions("a").ping("c", DEADLINE))
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class, e -> assertThat(e.notAnswered()).containsExactly("c"));
  }

  @Test
  void ping_nodeIsHeldToBeDownMeanwhile_endsThen() {
    assertThatThrownBy(() -> cluster.sessions("a").ping("c", Duration.ofMinutes(1)))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining("the link ended");
  }

  @Test
  void pingAll_nodeIsHeldToBeDownMeanwhile_isNotWaitedFor() {
    assertThat(cluster.sessions("a").pingAll(Duration.ofMinutes(1)).left()).containsExactly("c");
  }

  private void closedMeanwhile(Runnable close, Runnable ping) {
    long begin = cluster.network().now();
    cluster.network().after(Duration.ofSeconds(1), close);

    assertThatThrownBy(ping::run)
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContainingAll("closed", "c");

    assertThat(Duration.ofNanos(cluster.network().now() - begin))
        .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
  }

  @Test
  void close_tableWhilePingAllWaits_endsIt() {
    SetTable<String, Session> table = cluster.sessions("a");

    closedMeanwhile(table::close, () -> table.pingAll(Duration.ofMinutes(1)));
  }

  @Test
  void close_nodeWhilePingAllWaits_endsIt() {
    SetTable<String, Session> table = cluster.sessions("a");

    closedMeanwhile(cluster.node("a")::close, () -> table.pingAll(Duration.ofMinutes(1)));
  }

  @Test
  void close_tableWhilePingWaits_endsIt() {
    SetTable<String, Session> table = cluster.sessions("a");

    closedMeanwhile(table::close, () -> table.ping("c", Duration.ofMinutes(1)));
  }
}
