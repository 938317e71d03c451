package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Writes on both sides of a cut, and who wins; in virtual time. */
class SetTableConflictTest extends SplitTest {
  // ---- conflicts

  @Test
  void insert_bothSidesOfACut_theLaterStandsEverywhere() {
    cluster.join("a", "b", "c");
    cutOff("c", "a", "b");
    sessions("a").insert(ALICE);
    aMomentLater();
    sessions("c").insert(ALEX);

    healed("a", "b", "c");

    assertRecords(List.of("a", "b", "c"), ALEX);
  }

  @Test
  void insert_bothSidesTheOtherWayRound_theLaterStandsEverywhere() {
    cluster.join("a", "b", "c");
    cutOff("c", "a", "b");
    sessions("c").insert(ALEX);
    aMomentLater();
    sessions("b").insert(ALICE);

    healed("a", "b", "c");

    assertRecords(List.of("a", "b", "c"), ALICE);
  }

  @Test
  void insert_everyNodeAlone_allEndWithTheLatest() {
    cluster.join("a", "b", "c");
    cutOff("a", "b", "c");
    cutOff("b", "c");
    sessions("b").insert(ALICE);
    aMomentLater();
    sessions("c").insert(ALEX);
    aMomentLater();
    sessions("a").insert(ANNA);

    healed("a", "b", "c");

    assertRecords(List.of("a", "b", "c"), ANNA);
  }

  @Test
  void insert_bothSides_otherKeysAreUntouched() {
    cluster.join("a", "b");
    sessions("a").insert(BOB);
    cluster.split("a", "b");
    sessions("a").insert(ALICE);
    aMomentLater();
    sessions("b").insert(ALEX);

    healed("a", "b");

    assertRecords(List.of("a", "b"), ALEX, BOB);
  }

  @Test
  void insert_afterAConflict_replacesBothEverywhere() {
    cluster.join("a", "b");
    cluster.split("a", "b");
    sessions("a").insert(ALICE);
    sessions("b").insert(ALEX);
    healed("a", "b");

    sessions("a").insert(ANNA);

    assertRecords(List.of("a", "b"), ANNA);
    cluster.kill("a");
    cluster.awaitDown("b", "a");
    assertRecords(List.of("b"));
  }

  @Test
  void delete_oneSideOnly_staysDeleted() {
    cluster.join("a", "b");
    sessions("a").insertMany(List.of(ALICE, BOB));
    cluster.split("a", "b");

    sessions("a").delete("1");
    healed("a", "b");

    assertRecords(List.of("a", "b"), BOB);
  }

  @Test
  void delete_onTheSideWithoutTheOwner_staysDeleted() {
    cluster.join("a", "b");
    sessions("b").insert(ALICE);
    cluster.split("a", "b");

    sessions("a").delete("1");
    healed("a", "b");

    assertRecords(List.of("a", "b"));
  }

  @Test
  void delete_updatedOnTheOtherSide_theUpdateSurvives() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    cluster.split("a", "b");
    sessions("b").insert(ALEX);
    aMomentLater();

    sessions("a").delete("1");
    healed("a", "b");

    assertRecords(List.of("a", "b"), ALEX);
  }

  @Test
  void delete_bothSides_staysDeleted() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    cluster.split("a", "b");

    sessions("a").delete("1");
    sessions("b").delete("1");
    healed("a", "b");

    assertRecords(List.of("a", "b"));
  }

  @Test
  void insert_oneSideOnly_theUpdateWinsOnBoth() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    cluster.split("a", "b");

    sessions("b").insert(ALEX);
    healed("a", "b");

    assertRecords(List.of("a", "b"), ALEX);
  }

  @Test
  void insert_bothNodesAtOnce_allEndWithTheSameRecord() {
    cluster.join("a", "b", "c");

    var first = sessions("a").insertAsync(ALICE);
    var second = sessions("b").insertAsync(ALEX);
    cluster.receipt(first);
    cluster.receipt(second);

    assertThat(sessions("a").dump())
        .hasSize(1)
        .isEqualTo(sessions("b").dump())
        .isEqualTo(sessions("c").dump());
  }
}
