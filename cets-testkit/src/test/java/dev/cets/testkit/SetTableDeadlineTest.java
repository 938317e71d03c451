package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NotAppliedException;
import dev.cets.NotReadyException;
import dev.cets.Pause;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.UnknownOutcomeException;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a caller is told while a node hangs, leaves, or is slow; in virtual time. */
class SetTableDeadlineTest {
  private static final Session ALICE = new Session("1", "alice");
  private static final Session BOB = new Session("2", "bob");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimulatedCluster cluster = new SimulatedCluster(3);

  @AfterEach
  void end() {
    cluster.close();
  }

  private SetTable<String, Session> sessions(String node) {
    return cluster.sessions(node);
  }

  private Duration timeOf(Runnable call) {
    long begin = cluster.network().now();
    call.run();
    return Duration.ofNanos(cluster.network().now() - begin);
  }

  // ---- unknown

  @Test
  void insert_nodeHangsPastTheDeadline_isUnknownAndNamesIt() {
    cluster.join("a", "b", "c");
    cluster.pause("b", Duration.ofSeconds(4));

    Duration waited =
        timeOf(
            () ->
                assertThatThrownBy(() -> sessions("a").withDeadline(SECOND).insert(ALICE))
                    .isInstanceOfSatisfying(
                        UnknownOutcomeException.class,
                        unknown -> assertThat(unknown.notAnswered()).containsExactly("b"))
                    .hasMessageContaining("b"));

    assertThat(waited).isBetween(SECOND, SECOND.plusMillis(200));
    assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
    assertThat(sessions("c").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void insert_unknownAtItsDeadline_reachesTheNodeWhenItAnswersAgain() {
    cluster.join("a", "b");
    cluster.pause("b", Duration.ofSeconds(4));
    assertThatThrownBy(() -> sessions("a").withDeadline(SECOND).insert(ALICE))
        .isInstanceOf(UnknownOutcomeException.class);
    assertThat(sessions("a").status().unacknowledgedWrites()).isOne();

    cluster.run(Duration.ofSeconds(4));

    assertThat(sessions("b").lookup("1")).isEqualTo(ALICE);
    assertThat(sessions("a").status().unacknowledgedWrites()).isZero();
    assertThat(sessions("a").status().unacknowledgedBytes()).isZero();
  }

  @Test
  void insertAsync_severalDeadlines_eachEndsAtItsOwn() {
    cluster.join("a", "b");
    cluster.pause("b", Duration.ofSeconds(6));
    CompletableFuture<Receipt> patient =
        sessions("a").withDeadline(Duration.ofSeconds(3)).insertAsync(ALICE);
    CompletableFuture<Receipt> hasty = sessions("a").withDeadline(SECOND).insertAsync(BOB);

    cluster.run(Duration.ofSeconds(2));
    assertThat(hasty).isCompletedExceptionally();
    assertThat(patient).isNotDone();

    cluster.run(Duration.ofSeconds(2));
    assertThat(patient).isCompletedExceptionally();
  }

  @Test
  void delete_nodeHangsPastTheDeadline_isUnknownAndReachesItLater() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    cluster.pause("b", Duration.ofSeconds(4));

    assertThatThrownBy(() -> sessions("a").withDeadline(SECOND).delete("1"))
        .isInstanceOf(UnknownOutcomeException.class);
    cluster.run(Duration.ofSeconds(4));

    assertThat(sessions("b").size()).isZero();
  }

  @Test
  void insert_pairIsCutForAMoment_completesAfterTheHeal() {
    cluster.join("a", "b");
    cluster.cut("a", "b");
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);
    cluster.run(Duration.ofSeconds(2));
    assertThat(write).isNotDone();

    cluster.heal("a", "b");

    assertThat(cluster.receipt(write)).isEqualTo(new Receipt(Set.of("a", "b"), Set.of(), 1));
    assertThat(sessions("b").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void insert_nodeBeatsSeldom_itsDeadlinesAreKeptAllTheSame() {
    cluster.start(
        "a", settings -> settings.beat(Duration.ofMinutes(1)).silenceLimit(Duration.ofMinutes(5)));
    SetTable<String, Session> table = sessions("a");

    try (Pause pause = table.pause(Duration.ofMinutes(1))) {
      Duration waited =
          timeOf(
              () ->
                  assertThatThrownBy(() -> table.withDeadline(SECOND).insert(ALICE))
                      .isInstanceOf(NotAppliedException.class));

      assertThat(waited).isBetween(SECOND, SECOND.plusMillis(200));
      assertThat(pause).isNotNull();
    }
  }

  // ---- nodes that leave meanwhile

  @Test
  void insert_nodeIsHeldDownBeforeTheDeadline_receiptSaysItLeft() {
    cluster.join("a", "b", "c");
    cluster.cut("a", "b");
    cluster.cut("c", "b");

    Receipt receipt = sessions("a").insert(ALICE);

    assertThat(receipt).isEqualTo(new Receipt(Set.of("a", "c"), Set.of("b"), 1));
  }

  @Test
  void insert_nodeDiesMeanwhile_receiptSaysItLeftAtOnce() {
    cluster.join("a", "b", "c");
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);
    cluster.kill("b");

    Duration waited = timeOf(() -> cluster.receipt(write));

    assertThat(write.join()).isEqualTo(new Receipt(Set.of("a", "c"), Set.of("b"), 1));
    assertThat(waited).isLessThan(SECOND);
  }

  @Test
  void insert_nodeClosesTheTableMeanwhile_isNotWaitedFor() {
    cluster.join("a", "b");
    cluster.pause("b", SECOND);
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);

    sessions("b").close();

    assertThat(cluster.receipt(write)).isEqualTo(new Receipt(Set.of("a"), Set.of("b"), 1));
  }

  @Test
  void insert_connectionIsLostMeanwhile_writeStillReachesThePeer() {
    cluster.join("a", "b");
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);
    cluster
        .network()
        .reset(
            Objects.requireNonNull(cluster.node("a").address()),
            Objects.requireNonNull(cluster.node("b").address()));

    cluster.receipt(write);

    cluster.await(() -> ALICE.equals(sessions("b").lookup("1")));
  }

  @Test
  void insert_nodeThatLeftComesBack_theWriteReachesIt() {
    cluster.join("a", "b");
    cluster.split("a", "b");
    assertThat(sessions("a").insert(ALICE).appliedBy()).containsExactly("a");

    cluster.heal("a", "b");
    cluster.awaitJoined("a", "b");

    assertThat(sessions("b").lookup("1")).isEqualTo(ALICE);
  }

  // ---- the end of the local table or node

  @Test
  void close_tableWhileAWriteWaits_endsItUnknown() {
    cluster.join("a", "b");
    cluster.pause("b", Duration.ofSeconds(4));
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);
    cluster.run(Duration.ofMillis(100));

    Duration waited =
        timeOf(
            () -> {
              sessions("a").close();
              assertThatThrownBy(() -> cluster.receipt(write))
                  .isInstanceOf(CompletionException.class)
                  .hasCauseInstanceOf(UnknownOutcomeException.class)
                  .hasMessageContainingAll("table sessions was closed", "b");
            });

    assertThat(waited).isLessThan(SECOND);
  }

  @Test
  void close_nodeWhileAWriteWaits_endsItUnknown() {
    cluster.join("a", "b");
    cluster.pause("b", Duration.ofSeconds(4));
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);
    cluster.run(Duration.ofMillis(100));

    cluster.leave("a");

    assertThatThrownBy(() -> cluster.receipt(write))
        .hasCauseInstanceOf(UnknownOutcomeException.class)
        .hasMessageContainingAll("the node was closed", "b");
  }

  @Test
  void close_nodeWhileABlockingWriteWaits_endsItUnknown() {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    CetsNode a = cluster.node("a");
    cluster.pause("b", Duration.ofSeconds(4));
    cluster.network().at(cluster.network().now() + SECOND.toNanos(), null, a::close);

    Duration waited =
        timeOf(
            () ->
                assertThatThrownBy(() -> table.insert(ALICE))
                    .isInstanceOf(UnknownOutcomeException.class));

    assertThat(waited).isLessThan(SECOND.multipliedBy(2));
  }

  @Test
  void close_nodeWhileAwaitReadyWaits_endsIt() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    cluster.pause("b", Duration.ofMinutes(2));
    a.connect(Objects.requireNonNull(b.address()));
    cluster.network().at(cluster.network().now() + SECOND.toNanos(), null, a::close);

    Duration waited =
        timeOf(
            () ->
                assertThatThrownBy(() -> a.awaitReady(Duration.ofMinutes(1)))
                    .isInstanceOf(CetsException.class));

    assertThat(waited).isLessThan(Duration.ofSeconds(5));
  }

  // ---- back pressure

  private static final int MAX_BYTES = 10_000;

  private void joinWithLittleRoom() {
    cluster.start("a", settings -> settings.maxUnacknowledgedBytes(MAX_BYTES));
    cluster.join("a", "b");
  }

  private static Session large(int number) {
    return new Session("large" + number, "x".repeat(1_000));
  }

  @Test
  void insertAsync_noRoomByTheDeadline_isNotApplied() {
    joinWithLittleRoom();
    cluster.pause("b", Duration.ofSeconds(4));
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();

    for (int i = 0; i < 10; i++) {
      writes.add(sessions("a").withDeadline(SECOND).insertAsync(large(i)));
    }

    assertThat(writes.getLast()).isCompletedExceptionally();
    assertThatThrownBy(() -> writes.getLast().join())
        .hasCauseInstanceOf(NotAppliedException.class)
        .hasMessageContainingAll("10000 bytes", "sessions");
    assertThat(sessions("a").contains("large9")).isFalse();
    assertThat(sessions("a").status().unacknowledgedBytes()).isBetween(1L, (long) MAX_BYTES);
  }

  @Test
  void insertAsync_manyWhileAPeerHangs_callerIsSlowedDownAndNothingIsLost() {
    joinWithLittleRoom();
    cluster.pause("b", Duration.ofSeconds(4));
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();

    Duration waited =
        timeOf(
            () -> {
              for (int i = 0; i < 100; i++) {
                writes.add(sessions("a").insertAsync(large(i)));
                assertThat(cluster.network().bytesInFlight()).isLessThan(20L * MAX_BYTES);
              }
            });

    assertThat(waited).isGreaterThan(Duration.ofSeconds(3));
    writes.forEach(cluster::receipt);
    assertThat(sessions("b").size()).isEqualTo(100);
  }

  @Test
  void insert_noRoomButThePeerDies_goesOn() {
    joinWithLittleRoom();
    cluster.pause("b", Duration.ofMinutes(10));
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();

    for (int i = 0; i < 20; i++) {
      writes.add(sessions("a").insertAsync(large(i)));
    }

    writes.forEach(cluster::receipt);
    assertThat(sessions("a").size()).isEqualTo(20);
  }

  @Test
  void close_tableWhileACallerWaitsForRoom_endsItNotApplied() {
    joinWithLittleRoom();
    cluster.pause("b", Duration.ofSeconds(4));
    SetTable<String, Session> table = sessions("a");
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();
    cluster.network().at(cluster.network().now() + SECOND.toNanos(), null, table::close);

    Duration waited =
        timeOf(
            () -> {
              for (int i = 0; i < 10; i++) {
                writes.add(table.insertAsync(large(i)));
              }
            });

    assertThat(waited).isLessThan(SECOND.multipliedBy(2));
    assertThatThrownBy(() -> writes.getLast().join())
        .hasCauseInstanceOf(NotAppliedException.class)
        .hasMessageContaining("table sessions is closed");
  }

  // ---- not ready, and why

  @Test
  void awaitReady_peerDoesNotAnswer_saysThatItIsNotAccepted() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    cluster.pause("b", Duration.ofMinutes(1));
    a.connect(Objects.requireNonNull(b.address()));

    assertThatThrownBy(() -> a.awaitReady(Duration.ofSeconds(3)))
        .isInstanceOfSatisfying(
            NotReadyException.class,
            notReady ->
                assertThat(notReady.reasons())
                    .singleElement()
                    .asString()
                    .contains("b:7001", "not accepted yet"));
  }

  @Test
  void awaitReady_tableIsNotFilledYet_namesTableAndNode() {
    cluster.network().latency(Duration.ofMillis(50), Duration.ofMillis(51));
    cluster.start("a");
    cluster.start("b");
    sessions("a");
    sessions("b");
    cluster.connect("a", "b");
    CetsNode a = cluster.node("a");
    cluster.await(() -> a.status().availableNodes().contains("b"));
    cluster.pause("b", Duration.ofSeconds(4));

    assertThatThrownBy(() -> a.awaitReady(SECOND))
        .isInstanceOfSatisfying(
            NotReadyException.class,
            notReady ->
                assertThat(notReady.reasons())
                    .singleElement()
                    .asString()
                    .contains("table sessions", "b"));

    a.awaitReady(Duration.ofSeconds(10));
  }

  @Test
  void awaitReady_afterItFailed_mayBeWaitedForAgain() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    sessions("b").insert(ALICE);
    sessions("a");
    cluster.pause("b", Duration.ofSeconds(5));
    a.connect(Objects.requireNonNull(b.address()));
    assertThatThrownBy(() -> a.awaitReady(SECOND)).isInstanceOf(NotReadyException.class);

    a.awaitReady(Duration.ofSeconds(20));

    assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
  }
}
