package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALICE;
import static dev.cets.testkit.ClusterContract.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CallOutcome;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.UnknownOutcomeException;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wait for many calls while a node does not answer. */
class AwaitAllUnderCutTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final SimulatedCluster cluster = new SimulatedCluster(4);

  @BeforeEach
  void begin() {
    cluster.join("a", "b", "c");
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private static void assertUnknown(CallOutcome<?> outcome, String... notAnswered) {
    assertThatThrownBy(outcome::value)
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class,
            e -> assertThat(e.notAnswered()).containsExactlyInAnyOrder(notAnswered));
  }

  @Test
  void awaitAll_aNodeDoesNotAnswer_thoseThatWaitForItAreUnknownAtTheDeadlineAndNameIt() {
    SetTable<String, Session> table = cluster.sessions("a");
    CompletableFuture<Receipt> before = table.insertAsync(ALICE);
    cluster.receipt(before);
    cluster.cut("a", "b");
    CompletableFuture<Receipt> after = table.insertAsync(BOB);
    long begin = cluster.network().now();

    List<CallOutcome<Receipt>> outcomes =
        cluster.node("a").awaitAll(List.of(before, after), DEADLINE);

    assertThat(Duration.ofNanos(cluster.network().now() - begin))
        .isBetween(DEADLINE, DEADLINE.plusMillis(200));
    assertThat(outcomes.get(0).value().appliedBy()).containsExactlyInAnyOrder("a", "b", "c");
    assertUnknown(outcomes.get(1), "b");
    assertThat(after).isNotDone();
    cluster.heal("a", "b");
    assertThat(cluster.receipt(after).appliedBy()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void awaitAll_oneEndsAtItsOwnDeadlineBefore_isToldAsItEnded() {
    cluster.cut("a", "b");
    var hasty = cluster.sessions("a").withDeadline(Duration.ofMillis(500)).insertAsync(ALICE);

    List<CallOutcome<Receipt>> outcomes = cluster.node("a").awaitAll(List.of(hasty), DEADLINE);

    assertUnknown(outcomes.getFirst(), "b");
    assertThatThrownBy(outcomes.getFirst()::value).hasMessageContaining("applied here, but");
  }

  @Test
  void awaitAll_theLeaderDoesNotAnswer_isNamed() {
    String leader = cluster.sessions("a").leader();
    String other = leader.equals("a") ? "b" : "a";
    cluster.cut(leader, other);
    CompletableFuture<Boolean> call = cluster.sessions(other).insertNewAsync(ALICE);

    List<CallOutcome<Boolean>> outcomes = cluster.node(other).awaitAll(List.of(call), DEADLINE);

    assertUnknown(outcomes.getFirst(), leader);
    cluster.await(call::isDone);
  }
}
