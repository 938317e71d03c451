package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALEX;
import static dev.cets.testkit.ClusterContract.ALICE;
import static dev.cets.testkit.ClusterContract.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.NotAppliedException;
import dev.cets.Pause;
import dev.cets.Receipt;
import dev.cets.UnknownOutcomeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pauses of nodes that do not hear of them, or of their ends. */
class FarPauseUnderCutTest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final SimulatedCluster cluster = new SimulatedCluster(8);

  @AfterEach
  void end() {
    cluster.close();
  }

  private boolean isPaused(String node) {
    return !cluster.sessions(node).info().pauseHolders().isEmpty();
  }

  @Test
  void pauseAll_nodeDoesNotAnswer_isUnknownAtTheDeadlineAndEndedEverywhere() {
    cluster.join("a", "b", "c");
    cluster.cut("a", "b");
    long begin = cluster.network().now();

    assertThatThrownBy(() -> cluster.sessions("a").withDeadline(DEADLINE).pauseAll(LONG))
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class, e -> assertThat(e.notAnswered()).containsExactly("b"))
        .hasMessageContaining("pause: the deadline passed (PT2S)");

    assertThat(Duration.ofNanos(cluster.network().now() - begin))
        .isBetween(DEADLINE, DEADLINE.plusMillis(200));
    assertThat(isPaused("a")).isFalse();
    cluster.await(() -> !isPaused("c"));
    cluster.heal("a", "b");
    cluster.run(Duration.ofSeconds(30));
    assertThat(isPaused("b")).isFalse();
  }

  @Test
  void pauseAll_nodeGoesDownBeforeItAnswers_isNotWaitedFor() {
    cluster.join("a", "b", "c");
    cluster.cut("a", "b");

    Pause pause = cluster.sessions("a").withDeadline(Duration.ofSeconds(30)).pauseAll(LONG);

    assertThat(isPaused("a")).isTrue();
    assertThat(isPaused("c")).isTrue();
    pause.close();
  }

  @Test
  void cut_holderIsHeldDown_nodesLetGoAndArePausedAgainAfterTheHeal() {
    cluster.join("a", "b");
    Pause pause = cluster.sessions("a").pauseAll(LONG);
    CompletableFuture<Receipt> write =
        cluster.sessions("b").withDeadline(Duration.ofMinutes(1)).insertAsync(ALICE);
    cluster.split("a", "b");
    assertThat(cluster.receipt(write).appliedBy()).containsExactly("b");
    assertThat(isPaused("a")).isTrue();

    cluster.heal("a", "b");
    cluster.awaitJoined("a", "b");
    cluster.await(() -> isPaused("b"));
    CompletableFuture<Receipt> later = cluster.sessions("b").insertAsync(BOB);
    cluster.run(Duration.ofSeconds(1));
    assertThat(later).isNotDone();

    pause.close();
    assertThat(cluster.receipt(later).appliedBy()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void close_whileTheLinkIsDown_theNodeIsFreeAfterTheHeal() {
    cluster.join("a", "b");
    Pause pause = cluster.sessions("a").pauseAll(LONG);
    cluster.cut("a", "b");

    pause.close();
    cluster.run(Duration.ofSeconds(1));
    assertThat(isPaused("b")).as("it has not been told").isTrue();
    cluster.heal("a", "b");

    cluster.await(() -> !isPaused("b"));
  }

  @Test
  void close_nodeWhilePauseAllWaits_endsIt() {
    cluster.join("a", "b");
    cluster.cut("a", "b");
    var thread = cluster.sessions("a");
    CompletableFuture<Boolean> waits = new CompletableFuture<>();
    cluster
        .network()
        .after(
            Duration.ofMillis(500),
            () -> {
              cluster.leave("a");
              waits.complete(true);
            });

    assertThatThrownBy(() -> thread.pauseAll(LONG))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("closed");
    assertThat(waits).isCompletedWithValue(true);
  }

  @Test
  void insertNew_granted_whilePaused_asksAgainAfterwards() {
    cluster.join("a", "b");
    String leader = cluster.sessions("a").leader();
    String other = leader.equals("a") ? "b" : "a";
    CompletableFuture<Boolean> call = cluster.sessions(other).insertNewAsync(ALICE);
    Pause pause = cluster.sessions(other).pause(LONG);
    cluster.run(Duration.ofSeconds(2));
    assertThat(call).isNotDone();
    assertThat(cluster.sessions(leader).contains("1")).isFalse();

    // nobody else has to wait for the key meanwhile
    assertThat(cluster.sessions(leader).insertNew(ALEX)).isTrue();
    pause.close();

    cluster.await(call::isDone);
    assertThat(call.join()).isFalse();
    assertThat(cluster.sessions(other).lookup("1")).isEqualTo(ALEX);
  }

  @Test
  void insertNew_pausedUntilItsDeadline_isNotAppliedAndNamesTheHolder() {
    cluster.join("a", "b");
    String leader = cluster.sessions("a").leader();
    String other = leader.equals("a") ? "b" : "a";
    CompletableFuture<Boolean> call =
        cluster.sessions(other).withDeadline(DEADLINE).insertNewAsync(ALICE);
    Pause pause = cluster.sessions(other).pause(LONG);

    cluster.await(call::isDone);

    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(NotAppliedException.class)
        .hasMessageContaining("was paused until the deadline by [" + other + "/");
    pause.close();
  }
}
