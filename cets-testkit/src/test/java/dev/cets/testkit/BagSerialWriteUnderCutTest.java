package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagSpec;
import dev.cets.BagTable;
import dev.cets.NotAppliedException;
import dev.cets.Ownership;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Serial writes to a bag while nodes do not see each other, stand still or die. */
class BagSerialWriteUnderCutTest {
  private static final BagSpec<String, Session> MEMBERS =
      TableSpec.bag("members", String.class, Session.class, Session::id);
  private static final Session MINE = new Session("1", "mine");

  private final Map<String, BagTable<String, Session>> bags = new LinkedHashMap<>();

  private void join(SimulatedCluster cluster, BagSpec<String, Session> spec, String... nodes) {
    for (String node : nodes) {
      bags.put(node, cluster.start(node).open(spec));
      cluster.run(Duration.ofMillis(10)); // so that the first is the oldest, and leads
    }
    cluster.join(nodes);
    assertThat(bag(nodes[1]).leader()).isEqualTo(nodes[0]);
  }

  private BagTable<String, Session> bag(String node) {
    BagTable<String, Session> bag = bags.get(node);
    if (bag == null) {
      throw new IllegalStateException("no bag at " + node);
    }
    return bag;
  }

  @Test
  void insertNewOrLookup_keyStandsAtTheLeaderOnly_isToldAllThatTheLeaderShows() {
    try (var cluster = new SimulatedCluster(11)) {
      join(cluster, MEMBERS, "a", "b", "c");
      List<Session> many =
          IntStream.range(0, 5000).mapToObj(i -> new Session("1", "user" + i)).toList();
      cluster.cut("b", "c");
      var write = bag("c").insertManyAsync(many);
      cluster.await(() -> bag("a").size() == many.size());

      List<Session> standing = bag("b").insertNewOrLookup(MINE);

      assertThat(bag("b").lookup("1")).isEmpty();
      assertThat(standing).containsExactlyInAnyOrderElementsOf(many);
      cluster.heal("b", "c");
      cluster.receipt(write);
      assertThat(bag("b").lookup("1")).containsExactlyInAnyOrderElementsOf(many);
    }
  }

  @Test
  void insertNew_leaderDoesNotAnswer_isNotAppliedAtTheDeadline() {
    try (var cluster = new SimulatedCluster(11)) {
      join(cluster, MEMBERS, "a", "b");
      cluster.cut("a", "b");

      assertThatThrownBy(() -> bag("b").withDeadline(Duration.ofSeconds(2)).insertNew(MINE))
          .isInstanceOf(NotAppliedException.class)
          .hasMessageContaining("was not granted by a");
    }
  }

  @Test
  void insertNew_ownerOfAnotherRecordComesBack_bothStand() {
    try (var cluster = new SimulatedCluster(11)) {
      join(cluster, MEMBERS, "a", "b");
      Session theirs = new Session("1", "theirs");
      bag("b").insert(theirs);
      cluster.split("a", "b");

      assertThat(bag("a").insertNew(MINE)).isTrue();
      cluster.heal("a", "b");
      cluster.awaitJoined("a", "b");

      assertThat(bag("a").lookup("1")).containsExactlyInAnyOrder(MINE, theirs);
      assertThat(bag("b").lookup("1")).containsExactlyInAnyOrder(MINE, theirs);
    }
  }

  @Test
  void insert_afterTheWinnerWasSeenAndBeforeItWasTold_doesNotUndoIt() {
    try (var cluster = new SimulatedCluster(11)) {
      join(cluster, MEMBERS, "a", "b", "c");
      Session later = new Session("1", "later");
      cluster.pause("c", Duration.ofMillis(500));
      CompletableFuture<Boolean> call = bag("b").insertNewAsync(MINE);
      cluster.await(() -> bag("a").contains("1"));

      var plain = bag("a").insertAsync(later);
      cluster.await(() -> bag("b").containsObject(later));
      assertThat(call).isNotDone();

      cluster.receipt(plain);
      cluster.await(call::isDone);
      assertThat(call.join()).isTrue();
      assertThat(bag("c").lookup("1")).containsExactlyInAnyOrder(MINE, later);
    }
  }

  static Stream<Long> seeds() {
    return Stream.iterate(1L, seed -> seed + 1).limit(Long.getLong("cets.bag.seeds", 25));
  }

  /** Two leaders die one after the other, and nodes stand still for a while; nobody is cut off. */
  @ParameterizedTest
  @MethodSource("seeds")
  void insertNew_leadersDieAndNodesStandStill_atMostOneOfTheSurvivorsWinsEachKey(long seed) {
    Random random = new Random(seed);
    try (var cluster = new SimulatedCluster(seed)) {
      List<String> all = List.of("a", "b", "c", "d", "e");
      join(cluster, MEMBERS.ownership(Ownership.KEEP), all.toArray(String[]::new));
      List<String> survivors = List.of("c", "d", "e");
      Map<String, Map<String, CompletableFuture<List<Session>>>> races = new LinkedHashMap<>();
      List<String> alive = new ArrayList<>(all);
      for (int round = 0; round < 6; round++) {
        for (int race = 0; race < 10; race++) {
          String key = "key-" + round + "-" + race;
          Map<String, CompletableFuture<List<Session>>> calls = new LinkedHashMap<>();
          races.put(key, calls);
          List<String> callers = new ArrayList<>(random.nextInt(4) == 0 ? alive : survivors);
          Collections.shuffle(callers, random);
          for (String node : callers) {
            var call = bag(node).insertNewOrLookupAsync(new Session(key, node));
            if (survivors.contains(node)) {
              calls.put(node, call);
            }
          }
        }
        // one is granted keys while it stands still, and its leader dies before it can use them
        cluster.run(Duration.ofNanos(random.nextInt(1_500_000)));
        cluster.pause(survivors.get(random.nextInt(3)), Duration.ofMillis(random.nextInt(600)));
        cluster.run(Duration.ofNanos(random.nextInt(1_500_000)));
        if (round == 2 || round == 4) {
          cluster.kill(alive.removeFirst());
        }
        cluster.run(Duration.ofMillis(random.nextInt(300)));
      }
      cluster.await(
          () ->
              races.values().stream()
                  .flatMap(calls -> calls.values().stream())
                  .allMatch(CompletableFuture::isDone));
      bag("c").pingAll(Duration.ofSeconds(10));

      races.forEach((key, calls) -> judge(key + " of seed " + seed, key, calls));
      for (String node : survivors) {
        assertThat(bag(node).dump()).containsExactlyInAnyOrderElementsOf(bag("c").dump());
      }
    }
  }

  private void judge(String when, String key, Map<String, CompletableFuture<List<Session>>> calls) {
    assertThat(calls.values()).as(when).noneMatch(CompletableFuture::isCompletedExceptionally);
    List<Session> winners = new ArrayList<>();
    calls.forEach(
        (node, call) -> {
          if (call.join().isEmpty()) {
            winners.add(new Session(key, node));
          }
        });
    List<Session> stands = bag("c").lookup(key);
    assertThat(winners).as(when).hasSizeLessThan(2);
    assertThat(stands).as(when).containsAll(winners).isNotEmpty();
    if (winners.isEmpty()) {
      assertThat(stands).as(when).allMatch(record -> List.of("a", "b").contains(record.user()));
    }
  }
}
