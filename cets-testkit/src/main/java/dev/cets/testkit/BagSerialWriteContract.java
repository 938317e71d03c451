package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagTable;
import dev.cets.NotAppliedException;
import dev.cets.Ownership;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Writes to a bag that the leader serialises, over any engine. What competes is the bag's key. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class BagSerialWriteContract extends BagContract {
  private static final Session ANN = new Session("1", "ann");
  private static final List<String> ALL = List.of("a", "b", "c");
  private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

  /** Made by subclasses only. */
  protected BagSerialWriteContract() {}

  // ---- insertNew

  @Test
  void insertNew_absentKey_trueAndOnAllNodes() {
    join("a", "b", "c");

    assertThat(bag("b").insertNew(ALICE)).isTrue();
    assertThat(bag("b").insertNew(BOB)).isTrue();

    assertBags(ALL, ALICE, BOB);
  }

  @Test
  void insertNew_anotherRecordOfTheKeyStands_falseAndNothingIsAdded() {
    join("a", "b", "c");
    bag("a").insert(ALICE);

    assertThat(bag("a").insertNew(ALEX)).isFalse();
    assertThat(bag("c").insertNew(ALEX)).isFalse();

    assertBags(ALL, ALICE);
  }

  @Test
  void insertNew_thisVeryRecordStands_false() {
    join("a", "b");
    bag("a").insert(ALICE);

    assertThat(bag("b").insertNew(ALICE)).isFalse();

    assertBags(BOTH, ALICE);
    bag("a").deleteObject(ALICE);
    assertBags(BOTH);
  }

  @Test
  void insertNew_keyOfTheSameHashCodeStands_true() {
    join("a", "b");
    bag("a").insert(new Session("Aa", "x"));

    assertThat(bag("b").insertNew(new Session("BB", "x"))).isTrue();
    assertThat(bag("a").insertNew(new Session("BB", "y"))).isFalse();
  }

  @Test
  void insertNew_oneNodeAlone_works() {
    start(MEMBERS, "a");

    assertThat(bag("a").insertNew(ALICE)).isTrue();
    assertThat(bag("a").insertNew(ALEX)).isFalse();
  }

  @Test
  void insertNew_keyDeletedBefore_true() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, ANN));
    bag("b").delete("1");

    assertThat(bag("b").insertNew(ALEX)).isTrue();

    assertBags(BOTH, ALEX);
  }

  @Test
  void insertNew_keyCameWithAJoin_falseAndItsRecordsStand() {
    start(MEMBERS, "a", "b");
    bag("b").insertMany(List.of(ALICE, ANN));
    cluster.join("a", "b");

    assertThat(bag("a").insertNew(ALEX)).isFalse();

    assertBags(BOTH, ALICE, ANN);
  }

  @Test
  void insertNewOrLookup_presentKey_allItsRecords() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, ANN, BOB));

    for (String node : BOTH) {
      assertThat(bag(node).insertNewOrLookup(ALEX)).containsExactlyInAnyOrder(ALICE, ANN);
    }
    CompletableFuture<List<Session>> call = bag("a").insertNewOrLookupAsync(ALEX);
    cluster.await(call::isDone);
    assertThat(call.join()).containsExactlyInAnyOrder(ALICE, ANN);
    assertThat(bag("b").insertNewOrLookup(new Session("3", "new"))).isEmpty();

    assertBags(BOTH, ALICE, ANN, BOB, new Session("3", "new"));
  }

  @Test
  void insertNew_ownerOfTheKeyIsDown_true() {
    join("a", "b");
    bag("b").insert(ALICE);
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    CompletableFuture<Boolean> call = bag("a").insertNewAsync(ALEX);
    cluster.await(call::isDone);

    assertThat(call.join()).isTrue();
    assertBags(List.of("a"), ALEX);
  }

  @Test
  void insertNew_nodeClosed_failsWithAClearError() {
    join("a", "b");
    BagTable<String, Session> bag = bag("b");

    cluster.leave("b");

    assertThatThrownBy(() -> bag.insertNew(ALICE))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("closed");
  }

  // ---- races

  @Test
  void insertNew_manyNodesRace_exactlyOneWinsAndTheOthersAreToldItsRecord() {
    join("a", "b", "c", "d", "e");
    for (int round = 0; round < 20; round++) {
      String key = "key-" + round;
      Map<Session, CompletableFuture<List<Session>>> calls = new LinkedHashMap<>();
      for (String node : FIVE) {
        Session record = new Session(key, node);
        calls.put(record, bag(node).insertNewOrLookupAsync(record));
      }
      cluster.await(() -> calls.values().stream().allMatch(CompletableFuture::isDone));

      List<Session> winners = new ArrayList<>();
      calls.forEach(
          (record, standing) -> {
            if (standing.join().isEmpty()) {
              winners.add(record);
            }
          });
      assertThat(winners).hasSize(1);
      calls.values().stream()
          .map(CompletableFuture::join)
          .filter(standing -> !standing.isEmpty())
          .forEach(standing -> assertThat(standing).isEqualTo(winners));
      for (String node : FIVE) {
        assertThat(bag(node).lookup(key)).isEqualTo(winners);
      }
    }
  }

  @Test
  void insertNew_oneRecordFromManyNodes_exactlyOneWins() {
    join("a", "b", "c", "d", "e");

    List<CompletableFuture<Boolean>> calls =
        FIVE.stream().map(node -> bag(node).insertNewAsync(ALICE)).toList();
    cluster.await(() -> calls.stream().allMatch(CompletableFuture::isDone));

    assertThat(calls.stream().filter(CompletableFuture::join)).hasSize(1);
    assertBags(FIVE, ALICE);
  }

  /** No false answer, nobody past the deadline, one winner each. */
  @Test
  void insertNew_leaderKilledInTheMiddleOfRaces_oneWinnerEachAndNobodyWaitsForEver() {
    start(MEMBERS.ownership(Ownership.KEEP), "a", "b", "c", "d", "e");
    cluster.join("a", "b", "c", "d", "e");
    String leader = bag("a").leader();
    List<String> rest = FIVE.stream().filter(node -> !node.equals(leader)).toList();
    int races = 200;
    Map<String, List<CompletableFuture<Boolean>>> calls = new LinkedHashMap<>();
    for (int race = 0; race < races; race++) {
      String key = "key-" + race;
      calls.put(
          key,
          rest.stream().map(node -> bag(node).insertNewAsync(new Session(key, node))).toList());
      if (race == races / 2) {
        cluster.kill(leader);
      }
    }

    cluster.await(
        () -> calls.values().stream().flatMap(List::stream).allMatch(CompletableFuture::isDone));

    calls.forEach(
        (key, callers) -> {
          assertThat(callers).as(key).noneMatch(CompletableFuture::isCompletedExceptionally);
          assertThat(callers.stream().filter(CompletableFuture::join)).as(key).hasSize(1);
        });
    List<Session> stand = bag(rest.getFirst()).dump();
    assertThat(stand).hasSize(races);
    for (String node : rest) {
      assertThat(bag(node).dump()).containsExactlyInAnyOrderElementsOf(stand);
    }
  }

  // ---- insertSerial

  @Test
  void insertSerial_manyNodesOneKey_allStandEverywhere() {
    join("a", "b", "c", "d", "e");
    List<CompletableFuture<?>> calls = new ArrayList<>();
    List<Session> records = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (String node : FIVE) {
        Session record = new Session("1", node + round);
        records.add(record);
        calls.add(bag(node).insertSerialAsync(record));
      }
    }
    cluster.await(() -> calls.stream().allMatch(CompletableFuture::isDone));

    calls.forEach(CompletableFuture::join);
    assertBags(FIVE, records.toArray(Session[]::new));
  }

  /** Of these two, either comes first; never are both told that they are alone. */
  @Test
  void insertSerial_whileInsertNewOfTheKeyIsUnderWay_eitherComesFirst() {
    join("a", "b", "c");
    for (int round = 0; round < 20; round++) {
      String key = "key-" + round;
      Session member = new Session(key, "member");
      Session first = new Session(key, "first");
      CompletableFuture<?> serial = bag(ALL.get(round % 3)).insertSerialAsync(member);
      CompletableFuture<List<Session>> isNew =
          bag(ALL.get(round / 3 % 3)).insertNewOrLookupAsync(first);
      cluster.await(() -> serial.isDone() && isNew.isDone());

      serial.join();
      List<Session> standing = isNew.join();
      List<Session> expected = standing.isEmpty() ? List.of(first, member) : List.of(member);
      assertThat(standing).isIn(List.of(), List.of(member));
      for (String node : ALL) {
        assertThat(bag(node).lookup(key)).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }
}
