package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.ClusterStatus;
import dev.cets.JoinProgress;
import dev.cets.NotReadyException;
import dev.cets.PeerStatus;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What nodes tell of themselves while not all is well, in virtual time. */
class StatusUnderSplitTest extends SplitTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static NodeAddress address(CetsNode node) {
    return Objects.requireNonNull(node.address());
  }

  private static PeerStatus peer(CetsNode node, String name) {
    return node.status().peers().stream()
        .filter(peer -> peer.node().equals(name))
        .findAny()
        .orElseThrow();
  }

  // ---- as seen from each node

  @Test
  void clusterStatus_nodeHangs_isSilentAtTheDeadline() {
    cluster.join("a", "b", "c");
    cluster.pause("b", Duration.ofSeconds(6));
    long before = cluster.network().now();

    ClusterStatus status = cluster.node("a").clusterStatus(DEADLINE);

    assertThat(status.nodes()).containsOnlyKeys("a", "c");
    assertThat(status.silent()).isEqualTo(Map.of("b", "has not answered in time"));
    assertThat(Duration.ofNanos(cluster.network().now() - before))
        .isBetween(DEADLINE, DEADLINE.plusMillis(200));
  }

  @Test
  void clusterStatus_nodeIsClosed_failsAtOnce() {
    cluster.join("a", "b");
    CetsNode a = cluster.node("a");
    a.close();
    long before = cluster.network().now();

    assertThatThrownBy(() -> a.clusterStatus(DEADLINE))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("closed");

    assertThat(cluster.network().now()).isEqualTo(before);
  }

  @Test
  void clusterStatus_onePairOfThreeIsCut_saysWhoDoesNotSeeWhom() {
    cluster.join("a", "b", "c");
    cluster.split("a", "c");

    ClusterStatus status = cluster.node("b").clusterStatus(DEADLINE);

    assertThat(status.nodes()).containsOnlyKeys("a", "b", "c");
    assertThat(status.disagreements()).containsExactly("a does not see c", "c does not see a");
  }

  // ---- replicated to other nodes

  @Test
  void cut_onePairOfThree_theTableIsAConflictUntilTheHeal() {
    cluster.join("a", "b", "c");
    cluster.split("a", "c");
    CetsNode a = cluster.node("a");
    assertThat(a.status().conflictTables()).isEmpty(); // it may be only that b notices later

    cluster.run(Duration.ofSeconds(8));

    assertThat(a.status().conflictTables()).containsExactly("sessions");
    assertThat(a.status().conflictNodes()).containsExactly("b");
    assertThat(a.status().reasons())
        .contains(
            "table sessions on b: is replicated to other nodes there than here, which is to a, b");
    assertThat(cluster.node("b").status().conflictNodes()).containsExactly("a", "c");

    healed("a", "b", "c");
    cluster.run(Duration.ofSeconds(2));
    for (String name : List.of("a", "b", "c")) {
      assertThat(cluster.node(name).status().conflictTables()).isEmpty();
    }
  }

  @Test
  void cut_oneOfThree_theOthersAgreeAndNothingIsAConflict() {
    cluster.join("a", "b", "c");
    cutOff("c", "a", "b");

    cluster.run(Duration.ofMinutes(1));

    for (String name : List.of("a", "b", "c")) {
      assertThat(cluster.node(name).status().conflictTables()).isEmpty();
    }
  }

  // ---- ready, and why not

  private void fillA() {
    cluster.start("a");
    sessions("a")
        .insertMany(
            IntStream.range(0, 10_000).mapToObj(i -> new Session("s" + i, "user")).toList());
  }

  @Test
  void awaitReady_transferIsSlow_saysWhichTableAndNodeAndHowFar() {
    fillA();
    CetsNode b = cluster.start("b");
    sessions("b");
    cluster.network().slow(address(b), Duration.ofMillis(200));
    b.connect(address(cluster.node("a")));

    assertThatThrownBy(() -> b.awaitReady(DEADLINE))
        .isInstanceOfSatisfying(
            NotReadyException.class,
            e ->
                assertThat(e.reasons())
                    .singleElement()
                    .asString()
                    .matches(
                        "table sessions on a: joining, has [1-9]\\d* of about \\d{4,5} records,"
                            + " [1-9]\\d* bytes, [1-9]\\d? %"));

    b.awaitReady(Duration.ofMinutes(1));
    assertThat(sessions("b").size()).isEqualTo(10_000);
  }

  @Test
  void join_largeTable_progressGrowsUntilItIsJoined() {
    fillA();
    CetsNode b = cluster.start("b");
    sessions("b");
    cluster.network().slow(address(b), Duration.ofMillis(20));
    b.connect(address(cluster.node("a")));

    List<JoinProgress> seen = new ArrayList<>();
    cluster.await(
        () -> {
          var link = sessions("b").status().linkDetails().get("a");
          if (link != null && link.progress() != null) {
            seen.add(link.progress());
          }
          return link != null && link.state().equals("joined");
        });

    assertThat(seen).extracting(JoinProgress::percent).isSorted().contains(0);
    assertThat(seen).extracting(JoinProgress::records).isSorted();
    JoinProgress last = seen.getLast();
    assertThat(last.percent()).isGreaterThan(50);
    assertThat(last.looked() + last.left()).isBetween(9_000L, 11_000L);
    assertThat(last.bytes()).isGreaterThan(10 * last.records());
  }

  @Test
  void awaitReady_nodeStandsStillAfterItWasReached_returnsWhenItIsHeldDown() {
    cluster.join("a", "b");
    CetsNode c = cluster.start("c");
    sessions("c");
    cluster.pause("b", Duration.ofMinutes(10));

    c.connect(address(cluster.node("a")));
    c.connect(address(cluster.node("b")));
    c.awaitReady(Duration.ofMinutes(1));

    assertThat(c.status().joinedNodes()).containsExactly("a", "c");
  }

  // ---- since when

  @Test
  void pause_ofThisNode_itsOwnGapIsNotTheSilenceOfTheOthers() {
    CetsNode a =
        cluster.start(
            "a",
            settings -> settings.beat(Duration.ofMillis(500)).silenceLimit(Duration.ofSeconds(2)));
    for (String name : List.of("b", "c")) {
      cluster.start(name, settings -> settings.silenceLimit(Duration.ofMinutes(1)));
    }
    cluster.join("a", "b", "c");
    String before = peer(a, "b").incarnation();

    cluster.pause("a", Duration.ofSeconds(30));
    cluster.run(Duration.ofSeconds(40));

    for (String name : List.of("b", "c")) {
      assertThat(peer(a, name).up()).isTrue();
      assertThat(peer(a, name).duration()).isGreaterThan(Duration.ofSeconds(39));
    }
    assertThat(peer(a, "b").incarnation()).isEqualTo(before);
  }

  @Test
  void restart_atAnotherAddress_isTheSameNode() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    CetsNode a = cluster.node("a");
    NodeAddress before = address(cluster.node("b"));
    CetsNode b = cluster.start("b"); // while the old address is in use
    cluster.network().crash(before);
    cluster.awaitDown("a", "b");

    b.connect(address(a));
    sessions("b").insert(ALICE);
    cluster.awaitJoined("a", "b");

    assertThat(address(b)).isNotEqualTo(before);
    assertThat(peer(a, "b").address()).isEqualTo(address(b).toString());
    assertThat(a.status().peers()).extracting(PeerStatus::node).containsExactly("b");
    assertThat(sessions("a").dump()).containsExactly(ALICE);
  }
}
