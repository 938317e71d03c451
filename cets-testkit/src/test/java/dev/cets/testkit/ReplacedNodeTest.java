package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALICE;
import static dev.cets.testkit.ClusterContract.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NodeState;
import dev.cets.SetTable;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that come back after a cut and find that the world went on without them. */
class ReplacedNodeTest {
  private final SimulatedCluster cluster = new SimulatedCluster(8);
  private CetsNode old;
  private SetTable<String, Session> oldSessions;

  @BeforeEach
  void cutOff() {
    cluster.join("a", "b", "c");
    old = cluster.node("a");
    oldSessions = cluster.sessions("a");
    oldSessions.insert(ALICE);
    for (String other : List.of("b", "c")) {
      cluster.split("a", other);
    }
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private static NodeAddress address(CetsNode node) {
    return Objects.requireNonNull(node.address());
  }

  private void healOld() {
    for (String other : List.of("b", "c")) {
      cluster.network().heal(address(old), address(cluster.node(other)));
    }
  }

  @Test
  void heal_newerRunOfTheNodeLives_theOlderStopsAsReplaced() {
    cluster.start("a");
    cluster.join("a", "b", "c");
    cluster.sessions("a").insert(BOB);

    healOld();
    cluster.await(() -> old.status().state() == NodeState.REPLACED);

    assertThat(old.status().reasons())
        .anyMatch(reason -> reason.startsWith("node a was replaced by a newer run of it"));
    assertThat(old.status().availableNodes()).containsExactly("a");
    assertThat(old.tables()).isEmpty();
    assertThatThrownBy(() -> old.open(ClusterHarness.SESSIONS))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("was replaced");
    assertThatThrownBy(() -> oldSessions.insert(ALICE)).isInstanceOf(CetsException.class);
  }

  @Test
  void heal_newerRunOfTheNodeLives_itIsNotDisturbed() {
    cluster.start("a");
    cluster.join("a", "b", "c");
    cluster.sessions("a").insert(BOB);
    String before = cluster.node("a").status().incarnation();

    healOld();
    cluster.run(Duration.ofSeconds(60));

    assertThat(cluster.node("a").status().incarnation()).isEqualTo(before);
    assertThat(cluster.node("a").status().state()).isEqualTo(NodeState.RUNNING);
    for (String node : List.of("a", "b", "c")) {
      assertThat(cluster.node(node).status().joinedNodes()).containsExactly("a", "b", "c");
      assertThat(cluster.sessions(node).dump()).containsExactly(BOB);
    }
  }

  @Test
  void heal_nodeWasForgottenMeanwhile_goesOnAsANewRunWithItsRecords() {
    cluster.node("b").forget("a");
    cluster.await(() -> cluster.sessions("c").status().hiddenRecords() == 0);
    String before = old.status().incarnation();

    healOld();
    cluster.awaitJoined("a", "b", "c");

    assertThat(old.status().incarnation()).isNotEqualTo(before);
    for (String node : List.of("a", "b", "c")) {
      assertThat(cluster.sessions(node).dump()).containsExactly(ALICE);
    }
  }

  @Test
  void forget_ownerKnownByTransferOnly_isGivenUp() {
    cluster.join("b", "c", "d");
    assertThat(cluster.sessions("d").status().hiddenRecords()).isOne();

    cluster.node("d").forget("a");

    for (String node : List.of("b", "c", "d")) {
      cluster.await(() -> cluster.sessions(node).status().hiddenRecords() == 0);
    }
  }
}
