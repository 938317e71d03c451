package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Nodes that die while they join, and clocks that are wrong; in virtual time. */
class SetTableJoinFaultsTest extends SplitTest {
  // ---- crashes while joining

  @Test
  void kill_fillingSideWhileJoining_theOtherIsUsableAndTheNextJoinCompletes() {
    for (int millis = 1; millis < 25; millis += 2) {
      try (SimulatedCluster small = new SimulatedCluster(millis)) {
        small.start("a");
        small.start("b");
        small.sessions("a").insertMany(many());
        small.sessions("b").insert(ALICE);
        small.connect("a", "b");
        small.run(Duration.ofMillis(millis));

        small.kill("a");
        small.sessions("b").insert(BOB);
        small.join("a", "b");

        assertThat(small.sessions("a").dump())
            .as("after %d ms", millis)
            .containsExactlyInAnyOrder(ALICE, BOB)
            .containsExactlyInAnyOrderElementsOf(small.sessions("b").dump());
      }
    }
  }

  @Test
  void kill_filledSideWhileJoining_theOtherIsUsableAndTheNextJoinCompletes() {
    for (int millis = 1; millis < 25; millis += 2) {
      try (SimulatedCluster small = new SimulatedCluster(millis)) {
        small.start("a");
        small.start("b");
        small.sessions("a").insertMany(many());
        small.sessions("b");
        small.connect("a", "b");
        small.run(Duration.ofMillis(millis));

        small.kill("b");
        small.sessions("a").delete("s0");
        small.join("a", "b");

        assertThat(small.sessions("b").size()).as("after %d ms", millis).isEqualTo(1999);
        assertThat(small.sessions("b").contains("s0")).isFalse();
      }
    }
  }

  private static List<Session> many() {
    return IntStream.range(0, 2000).mapToObj(i -> new Session("s" + i, "user" + i)).toList();
  }

  // ---- clocks

  @Test
  void connect_clocksTooFarApart_isRefusedOnBothWithTheReason() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    cluster.skew("b", Duration.ofSeconds(90));
    cluster.connect("a", "b");

    for (CetsNode node : List.of(a, b)) {
      cluster.await(
          () ->
              node.status().reasons().stream()
                  .anyMatch(
                      reason -> reason.contains("the clocks are") && reason.contains("60000")));
      assertThat(node.status().availableNodes()).containsExactly(node.name());
    }
  }

  @Test
  void skew_whileJoined_endsTheConnectionAndIsTold() {
    cluster.join("a", "b");

    cluster.skew("b", Duration.ofMinutes(-5));

    cluster.awaitDown("a", "b");
    cluster.await(
        () ->
            cluster.node("a").status().reasons().stream()
                .anyMatch(reason -> reason.contains("the clocks are")));
    cluster.skew("b", Duration.ZERO);
    cluster.awaitJoined("a", "b");
    cluster.await(() -> cluster.node("a").status().reasons().isEmpty());
  }

  @Test
  void insert_slowClockButLaterInTime_replacesWhatItHasSeen() {
    cluster.join("a", "b");
    cluster.skew("b", Duration.ofSeconds(-30));
    sessions("a").insert(ALICE);

    sessions("b").insert(ALEX);

    assertRecords(List.of("a", "b"), ALEX);
  }
}
