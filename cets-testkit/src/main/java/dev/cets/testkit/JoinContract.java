package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.NodeStatus;
import dev.cets.Receipt;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ClusterHarness.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How nodes find each other and join their tables, over any engine. */
public abstract class JoinContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> ALL = List.of("a", "b", "c");
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Made by subclasses only. */
  protected JoinContract() {}

  private static NodeAddress address(CetsNode node) {
    return Objects.requireNonNull(node.address());
  }

  private static List<Session> records(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session(prefix + i, "user" + i)).toList();
  }

  private void awaitTold(CetsNode node, String reason) {
    cluster.await(() -> node.status().reasons().stream().anyMatch(told -> told.contains(reason)));
  }

  // ---- join

  @Test
  void join_filledAndEmpty_bothHoldTheRecords() {
    cluster.start("a");
    sessions("a").insertMany(List.of(ALICE, BOB));

    cluster.join("a", "b");

    assertRecords(BOTH, ALICE, BOB);
  }

  @Test
  void join_twoFilled_bothHoldTheUnion() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);

    cluster.join("a", "b");

    assertRecords(BOTH, ALICE, BOB);
  }

  @Test
  void join_threeFilled_allHoldTheUnion() {
    cluster.start("a");
    cluster.start("b");
    cluster.start("c");
    Session carol = new Session("3", "carol");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);
    sessions("c").insert(carol);

    cluster.join("a", "b", "c");

    assertRecords(ALL, ALICE, BOB, carol);
  }

  @Test
  void join_manyRecordsOnBothSides_bothHoldTheUnion() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insertMany(records("a", 5000));
    sessions("b").insertMany(records("b", 5000));

    cluster.join("a", "b");

    assertThat(sessions("a").size()).isEqualTo(10_000);
    assertThat(sessions("b").dump()).containsExactlyInAnyOrderElementsOf(sessions("a").dump());
  }

  @Test
  void join_sameKeyOnBothSides_bothHoldTheSameRecord() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insert(ALICE);
    sessions("b").insert(ALEX);

    cluster.join("a", "b");

    assertThat(sessions("a").dump()).hasSize(1).isEqualTo(sessions("b").dump());
  }

  @Test
  void join_writesMeanwhile_areNotLost() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insertMany(records("old", 2000));
    sessions("b");
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();
    for (Session record : records("new", 500)) {
      writes.add(sessions("a").insertAsync(record));
    }
    cluster.connect("a", "b");
    for (Session record : records("newer", 500)) {
      writes.add(sessions("a").insertAsync(record));
    }

    writes.forEach(cluster::receipt);
    cluster.awaitJoined("a", "b");

    assertThat(sessions("a").size()).isEqualTo(3000);
    assertThat(sessions("b").dump()).containsExactlyInAnyOrderElementsOf(sessions("a").dump());
  }

  @Test
  void connect_againWhenJoined_changesNothing() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);

    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    assertRecords(BOTH, ALICE);
  }

  @Test
  void connect_toItself_isHarmless() {
    CetsNode node = cluster.start("a");
    sessions("a").insert(ALICE);

    node.connect(address(node));
    node.awaitReady(SOON);

    assertThat(node.status().availableNodes()).containsExactly("a");
    assertThat(node.status().unavailableNodes()).isEmpty();
    assertRecords(List.of("a"), ALICE);
  }

  @Test
  void connect_oneSideOnly_joinsBoth() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);

    b.connect(address(a));
    cluster.awaitJoined("a", "b");

    assertRecords(BOTH, ALICE, BOB);
  }

  @Test
  void open_laterThanTheConnection_joinsToo() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insert(ALICE);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");

    sessions("b");
    awaitRecords(BOTH, ALICE);

    assertThat(cluster.node("a").status().remoteMissingTables()).isEmpty();
  }

  @Test
  void start_twoClustersInOneJvm_doNotMix() {
    cluster.join("a", "b");
    try (ClusterHarness other = newCluster()) {
      other.join("a", "b");
      other.sessions("a").insert(BOB);
      sessions("a").insert(ALICE);

      assertThat(other.sessions("b").dump()).containsExactly(BOB);
      assertRecords(BOTH, ALICE);
    }
  }

  // ---- readiness and discovery

  @Test
  void awaitReady_oneNode_returns() {
    CetsNode node = cluster.start("a");
    sessions("a");

    node.awaitReady(SOON);
  }

  @Test
  void awaitReady_filledPeer_tableIsFilledWhenItReturns() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    sessions("a").insertMany(records("s", 3000));
    sessions("b");

    b.connect(address(a));
    b.awaitReady(SOON);

    assertThat(sessions("b").size()).isEqualTo(3000);
  }

  @Test
  void awaitReady_unreachableAddress_doesNotCount() {
    CetsNode node = cluster.start("a");
    CetsNode gone = cluster.start("gone");
    NodeAddress nobody = address(gone);
    gone.close();

    node.connect(nobody);
    node.awaitReady(SOON);

    assertThat(node.status().availableNodes()).containsExactly("a");
    awaitTold(node, nobody + " cannot be reached");
  }

  @Test
  void awaitReady_discoveryFails_countsAsAnAnswer() {
    CetsNode node =
        cluster.start(
            "a",
            settings ->
                settings.discovery(
                    () -> {
                      throw new IOException("no database today");
                    }));

    node.awaitReady(SOON);

    assertThat(node.status().discoveryWorks()).isFalse();
    awaitTold(node, "no database today");
  }

  @Test
  void discovery_listsAPeer_joinsIt() {
    CetsNode a = cluster.start("a");
    sessions("a").insert(ALICE);
    CetsNode b =
        cluster.start("b", settings -> settings.discovery(Discoveries.of(address(a).toString())));
    sessions("b");

    b.awaitReady(SOON);

    assertRecords(BOTH, ALICE);
    NodeStatus status = b.status();
    assertThat(status.discoveryWorks()).isTrue();
    assertThat(status.discoveredNodes()).containsExactly("a");
    assertThat(status.remoteNodesWithoutDiscovery()).containsExactly("a");
    assertThat(a.status().remoteNodesWithoutDiscovery()).isEmpty();
  }

  @Test
  void discovery_severalBackEnds_allAnswersCount() {
    CetsNode a = cluster.start("a");
    CetsNode b = cluster.start("b");
    CetsNode c =
        cluster.start(
            "c",
            settings ->
                settings
                    .discovery(Discoveries.of(address(a).toString()))
                    .discovery(Discoveries.of(address(b).toString())));

    c.awaitReady(SOON);

    assertThat(c.status().availableNodes()).isEqualTo(ALL);
  }

  @Test
  void status_joinedNodes_hasNothingToComplainOf() {
    cluster.join("a", "b");

    NodeStatus status = cluster.node("a").status();

    assertThat(status.node()).isEqualTo("a");
    assertThat(status.cluster()).isEqualTo("cets");
    assertThat(status.availableNodes()).isEqualTo(BOTH);
    assertThat(status.joinedNodes()).isEqualTo(BOTH);
    assertThat(status.unavailableNodes()).isEmpty();
    assertThat(status.conflictTables()).isEmpty();
    assertThat(status.reasons()).isEmpty();
    assertThat(sessions("a").status().links()).containsEntry("b", "joined").hasSize(1);
  }
}
