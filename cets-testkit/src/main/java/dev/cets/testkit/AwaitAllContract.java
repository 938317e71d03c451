package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CallOutcome;
import dev.cets.CetsException;
import dev.cets.NotAppliedException;
import dev.cets.Pause;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.UnknownOutcomeException;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One wait with one deadline for many calls, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class AwaitAllContract extends ClusterContract {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Made by subclasses only. */
  protected AwaitAllContract() {}

  private <T> List<CallOutcome<T>> awaitAll(
      List<? extends CompletableFuture<? extends T>> calls, Duration deadline) {
    return cluster.node("a").awaitAll(calls, deadline);
  }

  private static void assertUnknown(CallOutcome<?> outcome, String... notAnswered) {
    assertThatThrownBy(outcome::value)
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class,
            e -> assertThat(e.notAnswered()).containsExactlyInAnyOrder(notAnswered))
        .hasMessageContaining("the wait for all ended after PT0.3S; this call goes on");
  }

  @Test
  void awaitAll_everythingIsApplied_oneReceiptPerCallInTheirOrder() {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    List<CompletableFuture<Receipt>> calls =
        List.of(
            table.insertManyAsync(List.of(ALICE, BOB)),
            table.deleteManyAsync(List.of("1", "2", "3")),
            table.insertAsync(ALEX),
            table.deleteAsync("3"));

    List<CallOutcome<Receipt>> outcomes = awaitAll(calls, SOON);

    assertThat(outcomes.stream().map(CallOutcome::value).map(Receipt::changes))
        .containsExactly(2, 2, 1, 0);
    assertRecords(List.of("a", "b"), ALEX);
  }

  @Test
  void awaitAll_noCalls_returnsNone() {
    cluster.start("a");

    assertThat(awaitAll(List.of(), SOON)).isEmpty();
  }

  @Test
  void awaitAll_callsOfOtherKinds_bringTheirOwnAnswers() {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    table.insert(ALICE);

    List<CallOutcome<Boolean>> outcomes =
        awaitAll(List.of(table.insertNewAsync(ALEX), table.insertNewAsync(BOB)), SOON);

    assertThat(outcomes)
        .containsExactly(new CallOutcome.Done<>(false), new CallOutcome.Done<>(true));
  }

  @Test
  void awaitAll_tenThousandInserts_noneIsLost() {
    cluster.join("a", "b");
    List<CompletableFuture<Receipt>> calls = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      calls.add(sessions("a").insertAsync(new Session("" + i % 100, "" + i)));
    }

    List<CallOutcome<Receipt>> outcomes = awaitAll(calls, SOON);

    assertThat(outcomes).hasSize(10_000).allMatch(CallOutcome.Done.class::isInstance);
    assertThat(sessions("b").dump())
        .hasSize(100)
        .allMatch(session -> Integer.parseInt(session.user()) >= 9_900);
  }

  @Test
  void awaitAll_oneIsNotApplied_itsExceptionStandsInItsPlace() {
    cluster.start("a", settings -> settings.maxRecordBytes(100));
    SetTable<String, Session> table = sessions("a");
    Session large = new Session("3", "x".repeat(200));

    List<CallOutcome<Receipt>> outcomes =
        awaitAll(
            List.of(table.insertAsync(ALICE), table.insertAsync(large), table.insertAsync(BOB)),
            SOON);

    assertThat(outcomes.get(0).value().changes()).isOne();
    assertThatThrownBy(outcomes.get(1)::value)
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("100 are allowed");
    assertThat(outcomes.get(2).value().changes()).isOne();
  }

  @Test
  void awaitAll_someAreHeldBackByAPause_theyAreUnknownAndGoOn() {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    CompletableFuture<Receipt> before = table.insertAsync(ALICE);
    cluster.receipt(before);
    Pause pause = table.pause(SOON);
    CompletableFuture<Receipt> held = table.insertAsync(BOB);

    List<CallOutcome<Receipt>> outcomes = awaitAll(List.of(held, before), SHORT);

    assertUnknown(outcomes.get(0));
    assertThat(outcomes.get(1).value().changes()).isOne();
    assertThat(held).isNotDone();
    pause.close();
    assertThat(cluster.receipt(held).appliedBy()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void awaitAll_whatTheApplicationMadeOfACall_failsWithItsCause() {
    cluster.start("a");
    CompletableFuture<Integer> broken =
        sessions("a")
            .insertAsync(ALICE)
            .thenApply(
                receipt -> {
                  throw new IllegalStateException("mine");
                });
    CompletableFuture<Integer> cancelled = new CompletableFuture<>();
    cancelled.cancel(false);

    List<CallOutcome<Integer>> outcomes = awaitAll(List.of(broken, cancelled), SOON);

    assertThatThrownBy(outcomes.get(0)::value)
        .isInstanceOf(CetsException.class)
        .hasRootCauseMessage("mine");
    assertThatThrownBy(outcomes.get(1)::value).hasMessage("the call was cancelled");
  }

  @Test
  void awaitAll_deadlineThatIsNotPositive_isRefused() {
    cluster.start("a");

    assertThatThrownBy(() -> awaitAll(List.of(), Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the deadline is PT-1S; it must be positive");
  }
}
