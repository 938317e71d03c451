package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.Ownership;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Cuts, pauses and restarts: what is hidden, and what comes back; in virtual time. */
class SetTableUnderSplitTest extends SplitTest {
  private static final SetSpec<String, Session> KEPT =
      TableSpec.set("rooms", String.class, Session.class, Session::id).ownership(Ownership.KEEP);

  /** The silence limit, the beat before it, and a tick. */
  private static final Duration KNOWN_TO_BE_DOWN = Duration.ofMillis(9_200);

  // ---- hidden and shown again

  @Test
  void cut_ownerIsSilent_itsRecordsAreHiddenWithinTheLimit() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);
    cluster.cut("b", "a");
    cluster.cut("b", "c");

    cluster.run(KNOWN_TO_BE_DOWN);

    assertRecords(List.of("a", "c"), ALICE);
    assertRecords(List.of("b"), BOB);
    assertThat(sessions("a").status().hiddenRecords()).isOne();
  }

  @Test
  void cut_shorterThanTheLimit_nothingIsHidden() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);

    cluster.cut("a", "b");
    cluster.run(Duration.ofSeconds(6));
    assertRecords(List.of("a", "b"), BOB);
    cluster.heal("a", "b");
    cluster.run(Duration.ofSeconds(20));

    assertRecords(List.of("a", "b"), BOB);
    assertThat(cluster.node("a").status().availableNodes()).containsExactly("a", "b");
  }

  @Test
  void kill_socketCloses_recordsAreHiddenAtOnce() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);

    cluster.kill("b");
    cluster.run(Duration.ofMillis(100));

    assertRecords(List.of("a"));
  }

  @Test
  void leave_cleanly_recordsGoAtOnce() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);

    cluster.leave("b");
    cluster.run(Duration.ofMillis(100));

    assertRecords(List.of("a"));
    assertThat(sessions("a").status().hiddenRecords()).isZero();
  }

  @Test
  void heal_sameRunOfTheOwner_itsRecordsAreShownAgain() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);
    cluster.split("a", "b");
    sessions("b").insert(CAROL);
    assertRecords(List.of("a"), ALICE);

    healed("a", "b");

    assertRecords(List.of("a", "b"), ALICE, BOB, CAROL);
    assertThat(sessions("a").status().hiddenRecords()).isZero();
  }

  @Test
  void heal_afterAnHour_onlyTheCutOffNodeWasAlone() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);
    sessions("c").insert(CAROL);
    cutOff("c", "a", "b");

    cluster.run(Duration.ofHours(1));
    Receipt receipt = sessions("a").insert(BOB);
    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertThat(receipt.left()).isEmpty();
    healed("a", "b", "c");

    assertRecords(List.of("a", "b", "c"), ALICE, BOB, CAROL);
  }

  @Test
  void restart_duringASplit_oldRecordsAreDropped() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    cluster.split("a", "b");
    cluster.kill("b");

    cluster.network().healAll();
    cluster.join("a", "b");

    assertRecords(List.of("a", "b"));
    assertThat(sessions("a").status().hiddenRecords()).isZero();
  }

  @Test
  void cut_keptTable_nothingIsHidden() {
    cluster.join("a", "b");
    SetTable<String, Session> kept = cluster.node("a").open(KEPT);
    SetTable<String, Session> atB = cluster.node("b").open(KEPT);
    cluster.awaitJoined("a", "b");
    atB.insert(BOB);

    cluster.split("a", "b");

    assertThat(kept.dump()).containsExactly(BOB);
    kept.insert(ALICE);
    healed("a", "b");
    assertThat(atB.dump()).containsExactlyInAnyOrder(ALICE, BOB);
  }

  @Test
  void insert_overAHiddenRecord_isShownAndStaysAfterTheHeal() {
    cluster.join("a", "b");
    sessions("b").insert(ALICE);
    cluster.split("a", "b");

    sessions("a").insert(ALEX);
    assertRecords(List.of("a"), ALEX);
    healed("a", "b");

    assertRecords(List.of("a", "b"), ALEX);
  }

  @Test
  void deleteObject_hiddenRecord_changesNothing() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    cluster.split("a", "b");

    assertThat(sessions("a").deleteObject(BOB).changes()).isZero();
    healed("a", "b");

    assertRecords(List.of("a", "b"), BOB);
  }

  @Test
  void contains_hiddenRecord_isFalse() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);

    cluster.split("a", "b");

    assertThat(sessions("a").contains("2")).isFalse();
    assertThat(sessions("a").stream()).isEmpty();
  }

  // ---- links that are not like the others

  @Test
  void cut_onePairOfThree_nothingBreaksAndTheHealConverges() {
    cluster.join("a", "b", "c");
    cluster.split("a", "b");

    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);
    assertThat(sessions("c").dump()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(cluster.node("a").status().availableNodes()).containsExactly("a", "c");
    assertThat(cluster.node("c").status().availableNodes()).containsExactly("a", "b", "c");

    healed("a", "b", "c");
    assertRecords(List.of("a", "b", "c"), ALICE, BOB);
  }

  @Test
  void cut_onePairOfThree_statusSaysWhoCannotBeReached() {
    cluster.start("a");
    cluster.start("b");
    String addresses = "a:7001 b:7001 c:7001";
    cluster.start("c", settings -> settings.discovery(Discoveries.of(addresses.split(" "))));
    cluster.join("a", "b", "c");

    cluster.split("b", "c");
    CetsNode c = cluster.node("c");
    cluster.await(() -> c.status().unavailableNodes().equals(List.of("b")));

    cluster.await(
        () ->
            c.status().reasons().stream()
                .anyMatch(reason -> reason.contains("b:7001 cannot be reached")));
  }

  @Test
  void cut_oneWay_bothSidesHoldEachOtherDown() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    cluster
        .network()
        .cutOneWay(
            Objects.requireNonNull(cluster.node("b").address()),
            Objects.requireNonNull(cluster.node("a").address()));

    cluster.awaitDown("a", "b");
    cluster.awaitDown("b", "a");
    healed("a", "b");

    assertRecords(List.of("a", "b"), BOB);
  }

  // ---- pauses

  @Test
  void pause_shorterThanTheLimit_nobodyIsHeldDown() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);

    cluster.pause("b", Duration.ofSeconds(6));
    cluster.run(Duration.ofSeconds(6));

    assertThat(cluster.node("a").status().availableNodes()).containsExactly("a", "b");
    assertRecords(List.of("a", "b"), BOB);
    cluster.run(Duration.ofSeconds(5));
    assertThat(cluster.node("b").status().availableNodes()).containsExactly("a", "b");
  }

  @Test
  void pause_longerThanTheLimit_comesBackEqual() {
    cluster.join("a", "b", "c");
    sessions("b").insert(BOB);
    cluster.pause("b", Duration.ofSeconds(60));
    cluster.awaitDown("a", "b");
    assertThat(sessions("a").dump()).isEmpty();
    sessions("a").insert(ALICE);
    sessions("c").insert(CAROL);
    sessions("c").delete("2");

    cluster.run(Duration.ofSeconds(60));
    cluster.awaitJoined("a", "b", "c");

    assertRecords(List.of("a", "b", "c"), ALICE, CAROL);
  }

  @Test
  void pause_allNodesAtOnce_nobodyIsHeldDown() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    String before = cluster.node("b").status().incarnation();

    cluster.pause("a", Duration.ofSeconds(60));
    cluster.pause("b", Duration.ofSeconds(60));
    cluster.run(Duration.ofSeconds(70));
    cluster.awaitJoined("a", "b");

    assertRecords(List.of("a", "b"), BOB);
    assertThat(cluster.node("b").status().incarnation()).isEqualTo(before);
  }
}
