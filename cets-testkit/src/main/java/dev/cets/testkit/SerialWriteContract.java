package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.NotAppliedException;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Writes that the leader of a table serialises, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class SerialWriteContract extends ClusterContract {
  private static final SetSpec<String, Session> KEPT =
      TableSpec.set("kept", String.class, Session.class, Session::id).ownership(Ownership.KEEP);
  private static final Duration SOON = Duration.ofSeconds(10);

  /** What a busy machine keeps: in races nobody is held to be down who is not. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int AT_ONCE = 20;
  private static final List<String> FIVE = List.of("a", "b", "c", "d", "e");

  /** Made by subclasses only. */
  protected SerialWriteContract() {}

  @Test
  void insertNew_absentKey_trueAndOnAllNodes() {
    cluster.join("a", "b", "c");

    assertThat(sessions("b").insertNew(ALICE)).isTrue();

    assertRecords(List.of("a", "b", "c"), ALICE);
  }

  @Test
  void insertNew_presentKey_falseAndNothingOverwritten() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);

    assertThat(sessions("a").insertNew(ALEX)).isFalse();
    assertThat(sessions("c").insertNew(ALEX)).isFalse();

    assertRecords(List.of("a", "b", "c"), ALICE);
  }

  @Test
  void insertNew_oneNodeAlone_works() {
    cluster.start("a");

    assertThat(sessions("a").insertNew(ALICE)).isTrue();
    assertThat(sessions("a").insertNew(ALEX)).isFalse();
    assertThat(sessions("a").leader()).isEqualTo("a");
  }

  @Test
  void insertNew_keyDeletedBefore_true() {
    cluster.join("a", "b");
    sessions("a").insertNew(ALICE);
    sessions("b").delete("1");

    assertThat(sessions("a").insertNew(ALEX)).isTrue();

    assertRecords(List.of("a", "b"), ALEX);
  }

  @Test
  void insertNew_keyCameWithAJoin_falseAndItsRecordStands() {
    cluster.start("a");
    sessions("a");
    cluster.start("b");
    sessions("b").insert(ALICE);
    cluster.join("a", "b");

    assertThat(sessions("a").insertNew(ALEX)).isFalse();

    assertRecords(List.of("a", "b"), ALICE);
  }

  @Test
  void insertNewOrLookup_presentKey_theStandingRecord() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);

    assertThat(sessions("b").insertNewOrLookup(ALEX)).isEqualTo(Optional.of(ALICE));
    assertThat(sessions("b").insertNewOrLookup(BOB)).isEmpty();

    assertRecords(List.of("a", "b"), ALICE, BOB);
  }

  @Test
  void insertNew_manyNodesRace_exactlyOneWins() {
    cluster.join("a", "b", "c", "d", "e");
    for (int round = 0; round < 20; round++) {
      Map<Session, CompletableFuture<Boolean>> calls = new LinkedHashMap<>();
      for (String node : FIVE) {
        Session record = new Session("key-" + round, node);
        calls.put(record, sessions(node).insertNewAsync(record));
      }
      cluster.await(() -> calls.values().stream().allMatch(CompletableFuture::isDone));

      List<Session> winners = new ArrayList<>();
      calls.forEach(
          (record, won) -> {
            if (won.join()) {
              winners.add(record);
            }
          });
      assertThat(winners).hasSize(1);
      for (String node : FIVE) {
        assertThat(sessions(node).lookup("key-" + round)).isEqualTo(winners.getFirst());
      }
    }
  }

  @Test
  void insertSerial_manyNodesOneKey_allNodesEndWithOneValue() {
    cluster.join("a", "b", "c", "d", "e");
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int round = 0; round < 10; round++) {
      for (String node : FIVE) {
        calls.add(sessions(node).insertSerialAsync(new Session("1", node + round)));
      }
    }
    cluster.await(() -> calls.stream().allMatch(CompletableFuture::isDone));

    calls.forEach(CompletableFuture::join);
    Session last = sessions("a").lookup("1");
    assertThat(last).isNotNull();
    for (String node : FIVE) {
      assertThat(sessions(node).dump()).containsExactly(last);
    }
  }

  @Test
  void insertSerial_oneAfterTheOther_theLastWins() {
    cluster.join("a", "b", "c");
    sessions("c").insertSerial(ALICE);
    sessions("b").insertSerial(ALEX);

    assertRecords(List.of("a", "b", "c"), ALEX);
  }

  @Test
  void leader_afterAJoin_allNodesNameTheSameAndNotTheNewcomer() {
    cluster.join("a", "b");
    String before = sessions("a").leader();

    cluster.join("a", "b", "c");

    for (String node : List.of("a", "b", "c")) {
      assertThat(sessions(node).leader()).as("at %s", node).isEqualTo(before);
    }
  }

  @Test
  void leader_killed_anotherOneServes() {
    cluster.join("a", "b", "c");
    String first = sessions("a").leader();
    List<String> rest = List.of("a", "b", "c").stream().filter(n -> !n.equals(first)).toList();

    cluster.kill(first);
    CompletableFuture<Boolean> call = sessions(rest.getFirst()).insertNewAsync(ALICE);
    cluster.await(call::isDone);

    assertThat(call.join()).isTrue();
    cluster.await(() -> sessions(rest.get(1)).leader().equals(sessions(rest.get(0)).leader()));
    assertThat(sessions(rest.getFirst()).leader()).isNotEqualTo(first);
  }

  @Test
  void insertNew_thousandRacesAndTheLeaderKilledInTheMiddle_oneWinnerEachAndNobodyIsLate() {
    FIVE.forEach(node -> cluster.start(node, settings -> settings.silenceLimit(PATIENCE)));
    cluster.join(FIVE.toArray(String[]::new));
    InsertNewRaces races = new InsertNewRaces(cluster, PATIENCE);
    FIVE.forEach(node -> races.add(node, cluster.node(node).open(KEPT)));
    cluster.awaitJoined(FIVE.toArray(String[]::new));
    String leader = sessions("a").leader();

    for (int race = 1; race <= 1_000; race++) {
      String key = "key-" + race;
      races.begin(key, race % 2 == 0 ? leader : ""); // which wins most of its own
      if (race == 500) {
        races.awaitFirstAnswer(key);
        cluster.kill(leader);
        races.remove(leader);
      }
      if (race % 5 == 0) {
        races.awaitAnswers(AT_ONCE);
      }
    }

    races.assertOneWinnerEach();
    assertThat(races.count()).isEqualTo(1_000);
  }

  private String leaderOf(String... nodes) {
    cluster.join(nodes);
    return sessions(nodes[0]).leader();
  }

  private static String another(String leader, String... nodes) {
    return Stream.of(nodes).filter(node -> !node.equals(leader)).findFirst().orElseThrow();
  }

  @Test
  void insertNew_leaderRefusesToLead_isAskedAgainUntilItLeads() {
    String leader = leaderOf("a", "b");
    cluster.refuseToLead(leader, true);
    SetTable<String, Session> table = sessions(another(leader, "a", "b"));
    CompletableFuture<Boolean> call = table.insertNewAsync(ALICE);
    table.pingAll(SOON); // behind the question, so the answer to it has come
    assertThat(call).isNotDone();
    assertThat(table.dump()).isEmpty();

    cluster.refuseToLead(leader, false);

    cluster.await(call::isDone);
    assertThat(call.join()).isTrue();
    assertRecords(List.of("a", "b"), ALICE);
  }

  @Test
  void insertNew_nobodyLeads_isNotAppliedAtTheDeadlineAndAllElseGoesOn() {
    String leader = leaderOf("a", "b", "c");
    cluster.refuseToLead(leader, true);
    String other = another(leader, "a", "b", "c");
    SetTable<String, Session> hasty = sessions(other).withDeadline(Duration.ofMillis(500));
    List<CompletableFuture<?>> calls =
        List.of(
            hasty.insertNewAsync(ALICE),
            hasty.insertSerialAsync(ALICE),
            sessions(leader).withDeadline(Duration.ofMillis(500)).insertNewAsync(ALICE));

    assertThat(sessions(other).insert(BOB).appliedBy()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(sessions(other).lookup("2")).isEqualTo(BOB);
    assertThat(sessions(other).info().nodes()).containsExactly("a", "b", "c");
    assertThat(sessions(other).pingAll(SOON).appliedBy()).hasSize(3);

    for (CompletableFuture<?> call : calls) {
      cluster.await(call::isDone);
      assertThatThrownBy(call::join)
          .hasCauseInstanceOf(NotAppliedException.class)
          .hasMessageContaining("was not granted by " + leader + " in time");
    }
    assertRecords(List.of("a", "b", "c"), BOB);
  }

  @Test
  void insertNew_joinerBringsTheKeyBeforeTheGrant_falseAndItsRecordStands() {
    String leader = leaderOf("a", "b");
    cluster.refuseToLead(leader, true);
    cluster.start("c");
    sessions("c").insert(ALICE);
    CompletableFuture<Boolean> call = sessions(another(leader, "a", "b")).insertNewAsync(ALEX);
    sessions(another(leader, "a", "b")).pingAll(SOON);
    assertThat(call).isNotDone();

    cluster.join("a", "b", "c");
    cluster.refuseToLead(leader, false);

    cluster.await(call::isDone);
    assertThat(call.join()).isFalse();
    assertRecords(List.of("a", "b", "c"), ALICE);
  }

  @Test
  void insertNew_nodeClosedDuringTheCall_failsWithAClearError() {
    cluster.join("a", "b");
    String leader = sessions("a").leader();
    String other = leader.equals("a") ? "b" : "a";
    SetTable<String, Session> table = sessions(other);

    cluster.leave(other);

    assertThatThrownBy(() -> table.insertNew(ALICE))
        .isInstanceOfAny(IllegalStateException.class, NotAppliedException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void insertNew_nodeOfTheRecordIsDown_mayBeInsertedAgain() {
    cluster.join("a", "b");
    sessions("b").insertNew(ALICE);
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    CompletableFuture<Boolean> call =
        sessions("a").withDeadline(Duration.ofSeconds(30)).insertNewAsync(ALEX);
    cluster.await(call::isDone);

    assertThat(call.join()).isTrue();
    assertRecords(List.of("a"), ALEX);
  }
}
