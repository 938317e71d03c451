package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsNode;
import dev.cets.Change;
import dev.cets.Change.Cause;
import dev.cets.ListenerOptions;
import dev.cets.Ownership;
import dev.cets.Receipt;
import dev.cets.Subscription;
import dev.cets.Table;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What listeners of a table of any type are told, over any engine. */
public abstract class ListenerContract extends ClusterContract {
  private static final Session VERY_LAST = new Session("very last", "last");

  private final Map<String, Table<String, Session>> tables = new HashMap<>();

  /** Made by subclasses only. */
  ListenerContract() {}

  /** Opens the table that is listened to. */
  abstract Table<String, Session> open(CetsNode node, Ownership ownership);

  final Table<String, Session> table(String node) {
    Table<String, Session> table = tables.get(node);
    if (table == null) {
      throw new IllegalStateException("no table at " + node);
    }
    return table;
  }

  final void start(String node) {
    start(node, Ownership.REMOVE_RECORDS);
  }

  private void start(String node, Ownership ownership) {
    tables.put(node, open(cluster.start(node), ownership));
  }

  /** Those that do not run are started. */
  final void join(String... nodes) {
    for (String node : nodes) {
      if (!tables.containsKey(node)) {
        start(node);
      }
    }
    cluster.join(nodes);
  }

  final void kill(String node) {
    tables.remove(node);
    cluster.kill(node);
  }

  private void leave(String node) {
    tables.remove(node);
    cluster.leave(node);
  }

  final ListenerRecorder<String, Session> listen(String node) {
    ListenerRecorder<String, Session> recorder = new ListenerRecorder<>();
    table(node).listen(recorder);
    return recorder;
  }

  final void awaitTold(ListenerRecorder<?, ?> recorder, String... expected) {
    cluster.await(() -> recorder.told().size() >= expected.length);
    assertThat(recorder.told()).containsExactly(expected);
  }

  // ---- what changes, and why

  @Test
  void listen_writesThatChangeNothing_areNotTold() {
    join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    table("b").delete("1");
    table("a").insert(ALICE);
    table("b").deleteObject(ALEX);
    table("a").delete("2");
    table("a").insert(BOB);

    awaitTold(told, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
  }

  @Test
  void listen_writesBefore_areNotTold() {
    start("a");
    table("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    table("a").insert(BOB);

    awaitTold(told, "INSERT 2 LOCAL");
  }

  @Test
  void join_filledTables_theOthersRecordsAreToldAsJoin() {
    start("a");
    start("b");
    table("a").insert(ALICE);
    table("b").insert(BOB);
    ListenerRecorder<String, Session> told = listen("a");

    join("a", "b");

    awaitTold(told, "INSERT 2 JOIN");
  }

  @Test
  void join_filledTablesThatKeepRecords_theOthersRecordsAreToldAsJoin() {
    start("a", Ownership.KEEP);
    start("b", Ownership.KEEP);
    table("b").insert(BOB);
    ListenerRecorder<String, Session> told = listen("a");

    join("a", "b");

    awaitTold(told, "INSERT 2 JOIN");
  }

  @Test
  void kill_owner_itsRecordsAreToldAsDeletedByNodeDown() {
    join("a", "b");
    table("b").insert(BOB);
    table("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    kill("b");

    awaitTold(told, "DELETE 2 NODE_DOWN");
    assertThat(told.changes()).containsExactly(new Change<>("2", BOB, null, Cause.NODE_DOWN));
  }

  @Test
  void close_owner_itsRecordsAreToldOnce() {
    join("a", "b");
    table("b").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    leave("b");
    cluster.await(() -> table("a").size() == 0);
    cluster.await(() -> table("a").status().hiddenRecords() == 0);
    table("a").insert(BOB);

    awaitTold(told, "DELETE 1 NODE_DOWN", "INSERT 2 LOCAL");
  }

  @Test
  void restart_owner_oldRecordIsDeletedAndTheNewOneInserted() {
    join("a", "b");
    table("b").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");
    kill("b");
    start("b");
    table("b").insert(ALEX);

    join("a", "b");

    awaitTold(told, "DELETE 1 NODE_DOWN", "INSERT 1 JOIN");
    assertThat(told.changes().getLast().newRecord()).isEqualTo(ALEX);
  }

  // ---- a snapshot, then changes

  @Test
  void subscribe_filledTable_aSnapshotAndThenChanges() {
    start("a");
    table("a").insert(ALICE);
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();

    table("a").subscribe(told);
    cluster.await(() -> told.told().size() == 1);
    table("a").insert(BOB);

    awaitTold(told, "snapshot [" + ALICE + "]", "INSERT 2 LOCAL");
  }

  @Test
  void subscribe_whileWritesGoOn_replayedGivesTheTable() {
    join("a", "b");
    Set<Session> copy = new HashSet<>();
    List<String> wrong = new ArrayList<>();
    AtomicInteger snapshots = new AtomicInteger();
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      writes.add(table(i % 2 == 0 ? "a" : "b").insertAsync(new Session("" + i % 7, "u" + i)));
      if (i == 150) {
        table("a")
            .subscribe(
                new ReplayingListener(copy, wrong, snapshots),
                ListenerOptions.DEFAULTS.maxEvents(100_000));
        table("a").subscribe(told);
      }
      if (i % 20 == 0) {
        writes.add(table("b").deleteAsync("" + i % 7));
      }
    }
    writes.forEach(cluster::receipt);
    table("a").insert(new Session("last", "last"));
    table("b").insert(VERY_LAST);

    cluster.await(
        () -> told.changes().stream().anyMatch(change -> VERY_LAST.equals(change.newRecord())));
    cluster.await(
        () -> {
          synchronized (copy) {
            return copy.contains(VERY_LAST);
          }
        });
    synchronized (copy) {
      assertThat(wrong).isEmpty();
      assertThat(snapshots).hasValue(1);
      assertThat(copy).containsExactlyInAnyOrderElementsOf(table("a").dump());
    }
  }

  // ---- listeners that are slow, or throw

  @Test
  void listen_listenerThrows_nextChangeIsTold() {
    start("a");
    ListenerRecorder<String, Session> told = listen("a");
    told.during(
        () -> {
          throw new IllegalStateException("thrown by the test");
        });

    table("a").insert(ALICE);
    table("a").insert(BOB);

    awaitTold(told, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
  }

  @Test
  void listen_listenerDoesNotComeBack_writesGoOnAndItIsToldAGapLater() {
    join("a", "b");
    HeldExecutor blocked = new HeldExecutor();
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    table("a").listen(told, ListenerOptions.DEFAULTS.executor(blocked).maxEvents(10));
    ListenerRecorder<String, Session> other = listen("a");

    IntStream.range(0, 50).forEach(i -> table("b").insert(new Session("" + i, "user")));

    cluster.await(() -> other.changes().size() == 50);
    assertThat(told.told()).isEmpty();
    blocked.letGo();
    table("a").delete("0");
    blocked.letGo();
    assertThat(told.told()).containsExactly("gap", "DELETE 0 LOCAL");
  }

  @Test
  void subscribe_listenerIsSlow_aGapAndAnotherSnapshot() {
    start("a");
    HeldExecutor blocked = new HeldExecutor();
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    table("a").subscribe(told, ListenerOptions.DEFAULTS.executor(blocked).maxEvents(1));
    cluster.await(blocked::hasTask);
    blocked.letGo();
    table("a").insert(ALICE);
    table("a").insert(BOB);

    cluster.await(
        () -> {
          blocked.letGo();
          return told.told().size() == 3;
        });

    assertThat(told.told()).containsExactly("snapshot []", "gap", told.told().get(2));
    assertThat(told.told().get(2)).startsWith("snapshot").contains("alice", "bob");
  }

  @Test
  void listen_listenerWritesToTheTable_isNotADeadlock() {
    join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");
    AtomicInteger calls = new AtomicInteger();
    told.during(
        () -> {
          if (calls.incrementAndGet() == 1) {
            table("a").insert(BOB);
          }
        });

    table("b").insert(ALICE);

    awaitTold(told, "INSERT 1 REMOTE", "INSERT 2 LOCAL");
  }

  // ---- the end

  @Test
  void close_subscription_nothingIsToldAnyMore() {
    start("a");
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    Subscription subscription = table("a").listen(told);
    ListenerRecorder<String, Session> other = listen("a");
    table("a").insert(ALICE);
    cluster.await(() -> told.told().size() == 1);

    subscription.close();
    subscription.close();
    table("a").insert(BOB);

    awaitTold(other, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
    assertThat(told.told()).containsExactly("INSERT 1 LOCAL");
  }

  @Test
  void info_listenersComeAndGo_saysHowManyThereAre() {
    start("a");
    assertThat(table("a").info().listeners()).isZero();

    Subscription subscription = table("a").subscribe(new ListenerRecorder<>());
    listen("a");
    assertThat(table("a").info().listeners()).isEqualTo(2);
    subscription.close();

    assertThat(table("a").info().listeners()).isOne();
  }

  @Test
  void close_table_isToldAndNoDeletes() {
    start("a");
    table("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    table("a").close();

    awaitTold(told, "closed");
    assertThatThrownBy(() -> listen("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_node_isToldAsTheEndOfTheTable() {
    join("a", "b");
    table("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    leave("a");

    cluster.await(() -> !told.told().isEmpty());
    assertThat(told.told()).containsExactly("closed");
  }

  @Test
  void options_noRoomForAnyChange_areRefused() {
    assertThatThrownBy(() -> ListenerOptions.DEFAULTS.maxEvents(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxEvents");
  }
}
