package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.ClusterStatus;
import dev.cets.Discoveries;
import dev.cets.LinkStatus;
import dev.cets.NodeStatus;
import dev.cets.PeerStatus;
import dev.cets.SetTable;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node knows and tells of itself and of its cluster, over any engine. */
public abstract class StatusContract extends ClusterContract {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Made by subclasses only. */
  protected StatusContract() {}

  private static NodeAddress address(CetsNode node) {
    return Objects.requireNonNull(node.address());
  }

  private static PeerStatus peer(CetsNode node, String name) {
    return node.status().peers().stream()
        .filter(peer -> peer.node().equals(name))
        .findAny()
        .orElseThrow();
  }

  private static LinkStatus link(SetTable<?, ?> table, String peer) {
    return Objects.requireNonNull(table.status().linkDetails().get(peer));
  }

  // ---- the twelve figures

  @Test
  void status_nodeAlone_isAvailableAndJoinedWithItself() {
    CetsNode a = cluster.start("a");
    sessions("a");

    NodeStatus status = a.status();

    assertThat(status.availableNodes()).containsExactly("a");
    assertThat(status.joinedNodes()).containsExactly("a");
    assertThat(status.unavailableNodes()).isEmpty();
    assertThat(status.discoveredNodes()).isEmpty();
    assertThat(status.discoveryWorks()).isTrue();
    assertThat(status.reasons()).isEmpty();
    assertThat(status.peers()).isEmpty();
  }

  @Test
  void status_listedNodeThatWasNeverReached_isUnavailableByItsAddress() {
    CetsNode gone = cluster.start("gone");
    NodeAddress nobody = address(gone);
    gone.close();
    CetsNode a = cluster.start("a", settings -> settings.discovery(Discoveries.of(Set.of(nobody))));

    a.awaitReady(SOON);

    assertThat(a.status().unavailableNodes()).containsExactly(nobody.toString());
    assertThat(a.status().discoveredNodes()).containsExactly(nobody.toString());
  }

  @Test
  void status_unreachableNodeOfAConnect_isNotWhatDiscoveryTold() {
    CetsNode gone = cluster.start("gone");
    NodeAddress nobody = address(gone);
    gone.close();
    CetsNode a = cluster.start("a");

    a.connect(nobody);
    a.awaitReady(SOON);

    assertThat(a.status().unavailableNodes()).isEmpty();
    assertThat(a.status().discoveredNodes()).isEmpty();
    assertThat(a.status().reasons()).anyMatch(reason -> reason.contains(nobody.toString()));
  }

  @Test
  void status_nodeThatIsNoLongerListed_isNoLongerUnavailable() {
    CetsNode b = cluster.start("b");
    Set<NodeAddress> listed = ConcurrentHashMap.newKeySet();
    listed.add(address(b));
    CetsNode a = cluster.start("a", settings -> settings.discovery(new Listed(listed)));
    cluster.await(() -> a.status().availableNodes().equals(List.of("a", "b")));
    cluster.kill("b");
    cluster.await(() -> a.status().unavailableNodes().equals(List.of("b")));

    listed.clear();

    cluster.await(() -> a.status().unavailableNodes().isEmpty());
    assertThat(a.status().discoveredNodes()).isEmpty();
  }

  private record Listed(Set<NodeAddress> addresses) implements Discovery {
    @Override
    public Set<NodeAddress> discover() {
      return new HashSet<>(addresses);
    }

    @Override
    public Duration longestInterval() {
      return Duration.ofMillis(200);
    }
  }

  // ---- since when

  @Test
  void status_peerUpDownAndUp_tellsSinceWhenAndWhere() {
    cluster.join("a", "b");
    CetsNode a = cluster.node("a");
    PeerStatus up = peer(a, "b");
    assertThat(up.up()).isTrue();
    assertThat(up.reason()).isEmpty();
    assertThat(up.address()).isEqualTo(address(cluster.node("b")).toString());
    assertThat(up.incarnation()).isEqualTo(cluster.node("b").status().incarnation());
    cluster.await(() -> peer(a, "b").duration().compareTo(Duration.ofMillis(50)) > 0);
    assertThat(peer(a, "b").since())
        .isBetween(up.since().minusMillis(20), up.since().plusMillis(20));

    cluster.kill("b");
    cluster.awaitDown("a", "b");
    PeerStatus down = peer(a, "b");
    assertThat(down.up()).isFalse();
    assertThat(down.reason()).isNotEmpty();
    assertThat(down.since()).isAfter(up.since()).isBeforeOrEqualTo(a.status().at());

    cluster.start("b");
    cluster.join("a", "b");
    assertThat(peer(a, "b").up()).isTrue();
    assertThat(peer(a, "b").since()).isAfter(down.since());
  }

  @Test
  void restart_node_isTheSameNodeWhereverItIsNow() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    CetsNode a = cluster.node("a");
    cluster.kill("b");
    cluster.awaitDown("a", "b");
    CetsNode b = cluster.start("b");
    sessions("b").insert(ALICE);

    b.connect(address(a));
    cluster.awaitJoined("a", "b");

    assertThat(a.status().peers()).extracting(PeerStatus::node).containsExactly("b");
    assertThat(peer(a, "b").address()).isEqualTo(address(b).toString());
    assertThat(sessions("a").dump()).containsExactly(ALICE); // what its former run owned is gone
  }

  // ---- links

  @Test
  void table_joined_tellsStateAgeAndWhenItWasCompared() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    assertThat(link(sessions("a"), "b").state()).isEqualTo("joined");
    assertThat(link(sessions("a"), "b").progress()).isNull();
    assertThat(link(sessions("a"), "b").unacknowledgedWrites()).isZero();

    cluster.await(() -> link(sessions("a"), "b").equalSince() != null);

    LinkStatus link = link(sessions("a"), "b");
    Instant now = cluster.node("a").status().at();
    assertThat(link.comparedAt()).isNotNull().isBeforeOrEqualTo(now);
    assertThat(link.equalSince()).isBeforeOrEqualTo(link.comparedAt());
    assertThat(link.age()).isPositive();
    assertThat(sessions("a").status().mended()).isZero();
  }

  @Test
  void awaitReady_largeTable_isFilledWhenItReturns() {
    cluster.start("a");
    sessions("a")
        .insertMany(IntStream.range(0, 3000).mapToObj(i -> new Session("s" + i, "user")).toList());
    CetsNode b =
        cluster.start(
            "b",
            settings -> settings.discovery(Discoveries.of(Set.of(address(cluster.node("a"))))));
    sessions("b");

    b.awaitReady(SOON);

    assertThat(sessions("b").size()).isEqualTo(3000);
    assertThat(b.status().reasons()).isEmpty();
  }

  // ---- discovery only

  @Test
  void awaitDiscovery_nodeThatCannotBeReached_returnsWithoutIt() {
    CetsNode gone = cluster.start("gone");
    NodeAddress nobody = address(gone);
    gone.close();
    CetsNode a = cluster.start("a", settings -> settings.discovery(Discoveries.of(Set.of(nobody))));

    a.awaitDiscovery(SOON);

    assertThat(a.status().discoveredNodes()).containsExactly(nobody.toString());
  }

  @Test
  void awaitDiscovery_noBackEnd_returnsAtOnce() {
    cluster.start("a").awaitDiscovery(SOON);
  }

  // ---- as seen from each node

  @Test
  void clusterStatus_allAnswer_isWhatEachOfThemKnows() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);

    ClusterStatus status = cluster.node("b").clusterStatus(SOON);

    assertThat(status.nodes()).containsOnlyKeys("a", "b", "c");
    assertThat(status.silent()).isEmpty();
    assertThat(status.disagreements()).isEmpty();
    assertThat(status.records()).isEqualTo(Map.of("sessions", Map.of("a", 1, "b", 1, "c", 1)));
    NodeStatus c = Objects.requireNonNull(status.nodes().get("c"));
    NodeStatus there = cluster.node("c").status();
    assertThat(c.incarnation()).isEqualTo(there.incarnation());
    assertThat(c.cluster()).isEqualTo(there.cluster());
    assertThat(c.availableNodes()).isEqualTo(there.availableNodes());
    assertThat(c.joinedNodes()).isEqualTo(there.joinedNodes());
    assertThat(c.remoteNodesWithoutDiscovery()).isEqualTo(there.remoteNodesWithoutDiscovery());
    assertThat(c.reasons()).isEqualTo(there.reasons());
    assertThat(c.peers()).isEmpty();
  }

  @Test
  void clusterStatus_nodeIsDown_isSilent() {
    CetsNode b = cluster.start("b");
    CetsNode a =
        cluster.start("a", settings -> settings.discovery(Discoveries.of(Set.of(address(b)))));
    cluster.await(() -> a.status().availableNodes().contains("b"));
    cluster.kill("b");
    cluster.await(() -> a.status().unavailableNodes().equals(List.of("b")));

    ClusterStatus status = a.clusterStatus(SOON);

    assertThat(status.nodes()).containsOnlyKeys("a");
    assertThat(status.silent()).isEqualTo(Map.of("b", "is not connected"));
  }

  @Test
  void clusterStatus_alone_returnsAtOnce() {
    assertThat(cluster.start("a").clusterStatus(SOON).nodes()).containsOnlyKeys("a");
  }

  @Test
  void clusterStatus_noTime_isRefused() {
    CetsNode a = cluster.start("a");

    assertThatThrownBy(() -> a.clusterStatus(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the deadline is PT0S; it must be positive");
  }

  @Test
  void clusterStatus_closedNode_fails() {
    CetsNode a = cluster.start("a");
    a.close();

    assertThatThrownBy(() -> a.clusterStatus(SOON))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("closed");
  }
}
