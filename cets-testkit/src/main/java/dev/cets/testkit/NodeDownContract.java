package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.Ownership;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of records when nodes die, leave and come back, over any engine. */
public abstract class NodeDownContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");

  private static final SetSpec<String, Session> KEPT =
      TableSpec.set("rooms", String.class, Session.class, Session::id).ownership(Ownership.KEEP);

  /** Made by subclasses only. */
  protected NodeDownContract() {}

  private static List<Session> records(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session(prefix + i, "user" + i)).toList();
  }

  // ---- node down and back

  @Test
  void kill_owner_itsRecordsAreHiddenOnTheSurvivors() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);
    sessions("c").insert(BOB);

    cluster.kill("c");

    awaitRecords(BOTH, ALICE);
    assertRecords(BOTH, ALICE);
    assertThat(sessions("a").status().hiddenRecords()).isOne();
    assertThat(sessions("a").lookup("2")).isNull();
  }

  @Test
  void kill_nodeWhoseRecordAnotherUpdated_recordStays() {
    cluster.join("a", "b", "c");
    sessions("c").insert(ALICE);
    sessions("b").insert(ALEX);

    cluster.kill("c");
    cluster.awaitDown("a", "c");
    cluster.awaitDown("b", "c");

    assertRecords(BOTH, ALEX);
  }

  @Test
  void kill_peer_writesGoOnWithoutIt() {
    cluster.join("a", "b", "c");

    cluster.kill("c");
    cluster.awaitDown("a", "c");

    assertThat(sessions("a").insert(ALICE).appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertRecords(BOTH, ALICE);
  }

  @Test
  void kill_ownerOfKeptRecords_theyStay() {
    cluster.join("a", "b");
    SetTable<String, Session> kept = cluster.node("a").open(KEPT);
    cluster.node("b").open(KEPT).insert(ALICE);
    cluster.await(() -> kept.size() == 1);

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertThat(kept.dump()).containsExactly(ALICE);
    assertThat(kept.status().hiddenRecords()).isZero();
  }

  @Test
  void restart_owner_itsOldRecordsAreGoneForGood() {
    cluster.join("a", "b");
    sessions("a").insert(BOB);
    sessions("b").insert(ALICE);
    cluster.kill("b");

    cluster.join("a", "b");

    assertRecords(BOTH, BOB);
    assertThat(sessions("a").status().hiddenRecords()).isZero();
  }

  @Test
  void restart_nodeOfKeptRecords_isFilledAgain() {
    cluster.join("a", "b");
    SetTable<String, Session> kept = cluster.node("a").open(KEPT);
    cluster.node("b").open(KEPT).insert(ALICE);
    cluster.await(() -> kept.size() == 1);
    cluster.kill("b");

    cluster.start("b").open(KEPT);
    cluster.join("a", "b");

    assertThat(kept.dump()).containsExactly(ALICE);
    assertThat(cluster.node("b").tables()).extracting("records").containsExactly(1, 0);
  }

  @Test
  void restart_quickly_newRecordsStandAtOnce() {
    cluster.join("a", "b");
    sessions("b").insert(ALICE);
    cluster.kill("b");
    cluster.start("b");
    sessions("b").insert(ALEX);

    cluster.join("a", "b");

    assertRecords(BOTH, ALEX);
  }

  @Test
  void close_owner_itsRecordsGoForGood() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);
    sessions("c").insert(BOB);

    cluster.leave("c");

    awaitRecords(BOTH, ALICE);
    assertRecords(BOTH, ALICE);
    cluster.await(() -> sessions("a").status().hiddenRecords() == 0);
  }

  @Test
  void close_ownerOfKeptRecords_theyStay() {
    cluster.join("a", "b");
    SetTable<String, Session> kept = cluster.node("a").open(KEPT);
    cluster.node("b").open(KEPT).insert(ALICE);
    cluster.await(() -> kept.size() == 1);

    cluster.leave("b");
    cluster.awaitDown("a", "b");

    assertThat(kept.dump()).containsExactly(ALICE);
  }

  @Test
  void insertAsync_nodeLeavesMeanwhile_theLastWritesAreNotLost() {
    cluster.join("a", "b");
    SetTable<String, Session> kept = cluster.node("a").open(KEPT);
    SetTable<String, Session> leaving = cluster.node("b").open(KEPT);
    leaving.insert(ALICE);
    cluster.await(() -> kept.size() == 1); // so the link of this table is open, and writes stream
    int more = 20_000; // than fit into the batches that may be under way
    List<CompletableFuture<Receipt>> writes =
        records("s", more).stream().map(leaving::insertAsync).toList();

    cluster.leave("b");

    cluster.await(() -> kept.size() == 1 + more);
    assertThat(writes).hasSize(more);
  }

  @Test
  void restart_peer_isAvailableAgain() {
    cluster.join("a", "b");
    String before = cluster.node("b").status().incarnation();
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    cluster.join("a", "b");

    assertThat(cluster.node("b").status().incarnation()).isNotEqualTo(before);
    assertThat(cluster.node("a").status().availableNodes()).isEqualTo(BOTH);
    assertThat(sessions("a").insert(ALICE).appliedBy()).containsExactlyInAnyOrder("a", "b");
  }

  // ---- grace

  private static SetSpec<String, Session> calls(Duration grace) {
    return TableSpec.set("calls", String.class, Session.class, Session::id).grace(grace);
  }

  private SetTable<String, Session> callsOfBoth(Duration grace) {
    cluster.join("a", "b");
    SetTable<String, Session> calls = cluster.node("a").open(calls(grace));
    cluster.node("b").open(calls(grace)).insert(ALICE);
    cluster.await(() -> calls.size() == 1);
    return calls;
  }

  @Test
  void kill_ownerWithinItsGrace_itsRecordsStayVisible() {
    SetTable<String, Session> calls = callsOfBoth(Duration.ofHours(1));

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertThat(calls.dump()).containsExactly(ALICE);
    assertThat(calls.status().hiddenRecords()).isZero();
  }

  @Test
  void kill_ownerWhoseGraceIsOver_itsRecordsAreHidden() {
    SetTable<String, Session> calls = callsOfBoth(Duration.ofMillis(300));

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    cluster.await(() -> calls.size() == 0);
    assertThat(calls.status().hiddenRecords()).isOne();
  }

  @Test
  void close_ownerWithGrace_itsRecordsGoAtOnce() {
    SetTable<String, Session> calls = callsOfBoth(Duration.ofHours(1));

    cluster.leave("b");

    cluster.await(() -> calls.size() == 0);
    assertThat(calls.status().hiddenRecords()).isZero();
  }

  @Test
  void restart_ownerWithinItsGrace_itsOldRecordsGoAtOnce() {
    SetTable<String, Session> calls = callsOfBoth(Duration.ofHours(1));
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    cluster.join("a", "b");

    assertThat(calls.dump()).isEmpty();
    assertThat(calls.status().hiddenRecords()).isZero();
  }

  // ---- retention

  @Test
  void kill_ownerAwayForLongerThanTheRetention_onlyKeysAreHeldUntilItIsForgotten() {
    cluster.join("a", "b");
    SetTable<String, Session> calls =
        cluster.node("a").open(calls(Duration.ZERO).retention(Duration.ofMillis(300)));
    cluster.node("b").open(calls(Duration.ZERO)).insertMany(records("s", 100));
    cluster.await(() -> calls.size() == 100);

    cluster.kill("b");
    cluster.await(() -> calls.info().bareRecords() == 100);
    assertThat(calls.dump()).isEmpty();
    assertThat(calls.status().hiddenRecords()).isEqualTo(100);
    cluster.node("a").forget("b");

    assertThat(calls.status().hiddenRecords()).isZero();
    assertThat(calls.info().bareRecords()).isZero();
  }

  // ---- forget

  @Test
  void forget_nodeThatIsDown_itsHiddenRecordsAreDroppedEverywhere() {
    cluster.join("a", "b", "c");
    sessions("a").insert(ALICE);
    sessions("c").insert(BOB);
    cluster.kill("c");
    cluster.awaitDown("a", "c");
    cluster.awaitDown("b", "c");
    cluster.await(() -> sessions("b").status().hiddenRecords() == 1);

    cluster.node("a").forget("c");

    assertThat(sessions("a").status().hiddenRecords()).isZero();
    cluster.await(() -> sessions("b").status().hiddenRecords() == 0);
    assertRecords(BOTH, ALICE);
  }

  @Test
  void forget_connectedNode_isRefused() {
    cluster.join("a", "b");
    sessions("b").insert(ALICE);

    assertThatThrownBy(() -> cluster.node("a").forget("b"))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("node b is connected");
    assertRecords(BOTH, ALICE);
  }

  @Test
  void forget_itselfOrAnUnknownNode_isRefused() {
    cluster.join("a", "b");

    assertThatThrownBy(() -> cluster.node("a").forget("a")).hasMessageContaining("is this node");
    assertThatThrownBy(() -> cluster.node("a").forget("z"))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("no run of node z is known");
  }

  @Test
  void forget_ownerOfKeptRecords_theyStay() {
    cluster.join("a", "b");
    SetTable<String, Session> kept = cluster.node("a").open(KEPT);
    cluster.node("b").open(KEPT).insert(ALICE);
    cluster.await(() -> kept.size() == 1);
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    cluster.node("a").forget("b");

    assertThat(kept.dump()).containsExactly(ALICE);
  }
}
