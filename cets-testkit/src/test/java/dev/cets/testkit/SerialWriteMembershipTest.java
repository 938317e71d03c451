package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALEX;
import static dev.cets.testkit.ClusterContract.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.Conflict;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that the leader serialises, while nodes join, and while some are wrongly suspected. */
class SerialWriteMembershipTest {
  private static final List<String> ALL = List.of("a", "b", "c");

  private static final SetSpec<String, Session> KEPT =
      TableSpec.set("kept", String.class, Session.class, Session::id).ownership(Ownership.KEEP);

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
    cluster.await(() -> cluster.node("c").status().joinedNodes().containsAll(ALL));
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

  private final InsertNewRaces races = new InsertNewRaces(cluster, Duration.ofSeconds(30));

  /** One after the other, so that the first is the oldest and leads. */
  private void joinInOrder(String... nodes) {
    for (String node : nodes) {
      cluster.start(node);
      cluster.run(Duration.ofMillis(10));
    }
    cluster.join(nodes);
    assertThat(cluster.sessions(nodes[nodes.length - 1]).leader()).isEqualTo(nodes[0]);
    List.of("b", "c", "d").forEach(node -> races.add(node, cluster.sessions(node)));
  }

  /** Calls of b, c and d for one key after the other, every 50 ms, while this goes on. */
  private void race(Duration time) {
    for (long left = time.toMillis(); left > 0; left -= 50) {
      races.begin("key-" + races.count());
      cluster.run(Duration.ofMillis(50));
    }
  }

  private void assertOneWinnerEach() {
    races.assertOneWinnerEach();
    races.add("a", cluster.sessions("a"));
    races.assertOneWinnerEach();
  }

  @Test
  void insertNew_oneNodeWronglySuspectsTheLeader_oneWinnerAmongThoseThatStayJoined() {
    joinInOrder("a", "b", "c", "d");
    race(Duration.ofSeconds(1));

    cluster.cut("a", "b"); // b holds the leader to be down after 8 s; c and d go on with it
    race(Duration.ofSeconds(12));
    assertThat(cluster.sessions("b").leader()).isEqualTo("b");
    assertThat(cluster.sessions("c").leader()).isEqualTo("a");
    cluster.heal("a", "b"); // and b has an older node again
    race(Duration.ofSeconds(5));

    cluster.awaitJoined("a", "b", "c", "d");
    assertThat(cluster.sessions("b").leader()).isEqualTo("a");
    assertThat(races.count()).isGreaterThan(300);
    assertOneWinnerEach();
  }

  @Test
  void insertNew_leaderIsCutOffAndComesBack_oneWinnerAmongThoseThatStayJoined() {
    joinInOrder("a", "b", "c", "d");
    race(Duration.ofSeconds(1));

    List.of("b", "c", "d").forEach(node -> cluster.cut("a", node));
    race(Duration.ofSeconds(12));
    assertThat(cluster.sessions("c").leader()).isEqualTo("b");
    List.of("b", "c", "d").forEach(node -> cluster.heal("a", node));
    race(Duration.ofSeconds(5));

    cluster.awaitJoined("a", "b", "c", "d");
    assertThat(cluster.sessions("c").leader()).isEqualTo("a");
    assertOneWinnerEach();
  }

  @Test
  void insertNew_leaderStopsForAWhile_oneWinnerAmongThoseThatStayJoined() {
    joinInOrder("a", "b", "c", "d");

    cluster.pause("a", Duration.ofSeconds(12));
    race(Duration.ofSeconds(20));

    cluster.awaitJoined("a", "b", "c", "d");
    assertOneWinnerEach();
  }

  /**
   * 50 clusters, each of whose leaders dies another 100 µs later, while what one node writes is
   * late everywhere else.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 30, 40})
  void insertNew_leaderKilledAtAnyMomentOfARace_oneWinner(int first) {
    for (int moment = first; moment < first + 10; moment++) {
      try (SimulatedCluster five = new SimulatedCluster(moment)) {
        List<String> nodes = List.of("a", "b", "c", "d", "e");
        five.join(nodes.toArray(String[]::new));
        InsertNewRaces each = new InsertNewRaces(five, Duration.ofSeconds(10));
        String leader = five.sessions("a").leader();
        for (String node : nodes) {
          SetTable<String, Session> table = five.node(node).open(KEPT);
          if (!node.equals(leader)) { // whose own calls would all be the first
            each.add(node, table);
          }
        }
        five.awaitJoined(nodes.toArray(String[]::new));
        String late = leader.equals("e") ? "d" : "e";
        for (String node : nodes) {
          if (!node.equals(leader) && !node.equals(late)) {
            five.delay(late, node, Duration.ofMillis(250));
          }
        }

        for (int race = 0; race < 10; race++) {
          each.begin("key-" + race);
        }
        five.run(Duration.ofNanos(100_000L * moment));
        five.kill(leader);

        each.assertOneWinnerEach();
      }
    }
  }
}
