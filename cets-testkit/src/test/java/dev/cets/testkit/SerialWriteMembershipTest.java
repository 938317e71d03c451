package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALEX;
import static dev.cets.testkit.ClusterContract.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.Conflict;
import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes that the leader serialises, while nodes join, and while some are wrongly suspected. */
class SerialWriteMembershipTest {
  private static final List<String> ALL = List.of("a", "b", "c");

  private final SimulatedCluster cluster = new SimulatedCluster(12);
  private final List<Conflict<String, Session>> told = new ArrayList<>();

  @AfterEach
  void end() {
    cluster.close();
  }

  // ---- a node that joins, and brings the key

  /** Was granted, has written, and is not yet acknowledged by all. */
  private CompletableFuture<Boolean> written() {
    cluster.join("a", "b");
    String caller = cluster.sessions("a").leader().equals("a") ? "b" : "a";
    CompletableFuture<Boolean> call = cluster.sessions(caller).insertNewAsync(ALEX);
    cluster.await(() -> cluster.sessions(caller).contains("1"));
    cluster.cut("a", "b");
    cluster.run(Duration.ofSeconds(1));
    assertThat(call).isNotDone();
    return call;
  }

  /** A third node, with another record of that key, joins both meanwhile. */
  private SetTable<String, Session> joinThird(Duration itsClock) {
    cluster.start("c");
    cluster.skew("c", itsClock);
    SetTable<String, Session> table =
        cluster.node("c").open(ClusterHarness.SESSIONS.onConflict(told::add));
    table.insert(ALICE);
    cluster.connect(ALL.toArray(String[]::new));
    cluster.await(
        () -> cluster.node("c").status().joinedNodes().containsAll(ALL));
    return table;
  }

  private void assertEverywhere(SetTable<String, Session> atC, Session record) {
    cluster.awaitJoined(ALL.toArray(String[]::new));
    assertThat(cluster.sessions("a").dump()).containsExactly(record);
    assertThat(cluster.sessions("b").dump()).containsExactly(record);
    assertThat(atC.dump()).containsExactly(record);
  }

  @Test
  void insertNew_joinerBringsTheKeyAfterTheGrant_trueAndTheConflictIsTold() {
    CompletableFuture<Boolean> call = written();

    SetTable<String, Session> atC = joinThird(Duration.ofSeconds(-30));
    cluster.heal("a", "b");
    cluster.await(call::isDone);

    assertThat(call.join()).isTrue();
    assertEverywhere(atC, ALEX);
    cluster.await(() -> !told.isEmpty());
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().versions())
        .extracting(Conflict.Version::record)
        .containsExactly(ALICE, ALEX);
  }

  @Test
  void insertNew_joinerBringsALaterRecordAfterTheGrant_falseAndThatStands() {
    CompletableFuture<Boolean> call = written();

    SetTable<String, Session> atC = joinThird(Duration.ofSeconds(30));
    cluster.heal("a", "b");
    cluster.await(call::isDone);

    assertThat(call.join()).isFalse();
    assertEverywhere(atC, ALICE);
  }

  // ---- nodes that are suspected and live, and older ones that come back

  private final Map<String, Map<String, CompletableFuture<Boolean>>> races = new HashMap<>();

  /** One after the other, so that the first is the oldest and leads. */
  private void joinInOrder(String... nodes) {
    for (String node : nodes) {
      cluster.start(node);
      cluster.run(Duration.ofMillis(10));
    }
    cluster.join(nodes);
    assertThat(cluster.sessions(nodes[nodes.length - 1]).leader()).isEqualTo(nodes[0]);
  }

  /** All of these call insertNew for a key of its own, every 50 ms, while this goes on. */
  private void race(Duration time, String... callers) {
    for (long left = time.toMillis(); left > 0; left -= 50) {
      String key = "key-" + races.size();
      Map<String, CompletableFuture<Boolean>> calls = new HashMap<>();
      for (String caller : callers) {
        calls.put(caller, cluster.sessions(caller).insertNewAsync(new Session(key, caller)));
      }
      races.put(key, calls);
      cluster.run(Duration.ofMillis(50));
    }
  }

  private void assertOneWinnerEach(String... nodes) {
    races.forEach(
        (key, calls) -> {
          cluster.await(() -> calls.values().stream().allMatch(CompletableFuture::isDone));
          List<String> winners =
              calls.keySet().stream()
                  .filter(caller -> Objects.requireNonNull(calls.get(caller)).join())
                  .toList();
          assertThat(winners).as("winners of %s", key).hasSize(1);
          for (String node : nodes) {
            assertThat(cluster.sessions(node).lookup(key))
                .as("at %s", node)
                .isEqualTo(new Session(key, winners.getFirst()));
          }
        });
  }

  @Test
  void insertNew_oneNodeWronglySuspectsTheLeader_oneWinnerAmongThoseThatStayJoined() {
    joinInOrder("a", "b", "c", "d");
    race(Duration.ofSeconds(1), "b", "c", "d");

    cluster.cut("a", "b"); // b holds the leader to be down after 8 s; c and d go on with it
    race(Duration.ofSeconds(12), "b", "c", "d");
    assertThat(cluster.sessions("b").leader()).isEqualTo("b");
    assertThat(cluster.sessions("c").leader()).isEqualTo("a");
    cluster.heal("a", "b"); // and b has an older node again
    race(Duration.ofSeconds(5), "b", "c", "d");

    cluster.awaitJoined("a", "b", "c", "d");
    assertThat(cluster.sessions("b").leader()).isEqualTo("a");
    assertThat(races).hasSizeGreaterThan(300);
    assertOneWinnerEach("a", "b", "c", "d");
  }

  @Test
  void insertNew_leaderIsCutOffAndComesBack_oneWinnerAmongThoseThatStayJoined() {
    joinInOrder("a", "b", "c", "d");
    race(Duration.ofSeconds(1), "b", "c", "d");

    List.of("b", "c", "d").forEach(node -> cluster.cut("a", node));
    race(Duration.ofSeconds(12), "b", "c", "d");
    assertThat(cluster.sessions("c").leader()).isEqualTo("b");
    List.of("b", "c", "d").forEach(node -> cluster.heal("a", node));
    race(Duration.ofSeconds(5), "b", "c", "d");

    cluster.awaitJoined("a", "b", "c", "d");
    assertThat(cluster.sessions("c").leader()).isEqualTo("a");
    assertOneWinnerEach("a", "b", "c", "d");
  }

  @Test
  void insertNew_leaderStopsForAWhile_oneWinnerAmongThoseThatStayJoined() {
    joinInOrder("a", "b", "c", "d");

    cluster.pause("a", Duration.ofSeconds(12));
    race(Duration.ofSeconds(20), "b", "c", "d");

    cluster.awaitJoined("a", "b", "c", "d");
    assertOneWinnerEach("a", "b", "c", "d");
  }
}
