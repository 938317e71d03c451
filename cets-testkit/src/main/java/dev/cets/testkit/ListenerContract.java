package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.Change;
import dev.cets.Change.Cause;
import dev.cets.ListenerOptions;
import dev.cets.Ownership;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SnapshotListener;
import dev.cets.Subscription;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What listeners of a table are told, over any engine. */
public abstract class ListenerContract extends ClusterContract {
  private static final SetSpec<String, Session> KEPT =
      TableSpec.set("rooms", String.class, Session.class, Session::id).ownership(Ownership.KEEP);

  /** Made by subclasses only. */
  protected ListenerContract() {}

  private ListenerRecorder<String, Session> listen(String node) {
    ListenerRecorder<String, Session> recorder = new ListenerRecorder<>();
    sessions(node).listen(recorder);
    return recorder;
  }

  private void awaitTold(ListenerRecorder<?, ?> recorder, String... expected) {
    cluster.await(() -> recorder.told().size() >= expected.length);
    assertThat(recorder.told()).containsExactly(expected);
  }

  // ---- what changes, and why

  @Test
  void listen_writesOfTheNodeItself_areToldAsLocal() {
    cluster.start("a");
    ListenerRecorder<String, Session> told = listen("a");

    sessions("a").insert(ALICE);
    sessions("a").insert(ALEX);
    sessions("a").delete("1");

    cluster.await(() -> told.changes().size() == 3);
    assertThat(told.changes())
        .containsExactly(
            new Change<>("1", null, ALICE, Cause.LOCAL),
            new Change<>("1", ALICE, ALEX, Cause.LOCAL),
            new Change<>("1", ALEX, null, Cause.LOCAL));
    assertThat(told.told()).containsExactly("INSERT 1 LOCAL", "UPDATE 1 LOCAL", "DELETE 1 LOCAL");
  }

  @Test
  void listen_writesOfAPeer_areToldAsRemote() {
    cluster.join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    sessions("b").insert(ALICE);
    sessions("b").insert(ALEX);
    sessions("b").deleteObject(ALEX);

    awaitTold(told, "INSERT 1 REMOTE", "UPDATE 1 REMOTE", "DELETE 1 REMOTE");
  }

  @Test
  void listen_writesThatChangeNothing_areNotTold() {
    cluster.join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    sessions("b").delete("1");
    sessions("a").insert(ALICE);
    sessions("b").deleteObject(ALEX);
    sessions("a").delete("2");
    sessions("a").insert(BOB);

    awaitTold(told, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
  }

  @Test
  void listen_writesBefore_areNotTold() {
    cluster.start("a");
    sessions("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    sessions("a").insert(BOB);

    awaitTold(told, "INSERT 2 LOCAL");
  }

  @Test
  void listen_manyWritesOfOneKeyOnTwoNodes_eachBeginsWhereTheLastEnded() {
    cluster.join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");

    for (int i = 0; i < 50; i++) {
      sessions(i % 2 == 0 ? "a" : "b").insert(new Session("1", "user" + i));
    }

    cluster.await(() -> told.changes().size() == 50);
    Session last = null;
    for (Change<String, Session> change : told.changes()) {
      assertThat(change.oldRecord()).isEqualTo(last);
      last = change.newRecord();
    }
    assertThat(last).isEqualTo(sessions("a").lookup("1"));
  }

  @Test
  void join_filledTables_theOthersRecordsAreToldAsJoin() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);
    ListenerRecorder<String, Session> told = listen("a");

    cluster.join("a", "b");

    awaitTold(told, "INSERT 2 JOIN");
  }

  @Test
  void join_filledTablesThatKeepRecords_theOthersRecordsAreToldAsJoin() {
    cluster.start("a");
    cluster.start("b");
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    cluster.node("b").open(KEPT).insert(BOB);
    cluster.node("a").open(KEPT).listen(told);

    cluster.join("a", "b");

    awaitTold(told, "INSERT 2 JOIN");
  }

  @Test
  void join_oneKeyOnBothSides_isToldAsConflictWhereTheRecordChanges() {
    cluster.start("a");
    cluster.start("b");
    sessions("a").insert(ALICE);
    sessions("b").insert(ALEX);
    ListenerRecorder<String, Session> atA = listen("a");
    ListenerRecorder<String, Session> atB = listen("b");

    cluster.join("a", "b");

    boolean alexWon = ALEX.equals(sessions("a").lookup("1"));
    awaitTold(alexWon ? atA : atB, "UPDATE 1 CONFLICT");
    assertThat((alexWon ? atB : atA).told()).isEmpty();
  }

  @Test
  void kill_owner_itsRecordsAreToldAsDeletedByNodeDown() {
    cluster.join("a", "b");
    sessions("b").insertMany(List.of(ALICE, BOB));
    sessions("a").insert(ALEX);
    ListenerRecorder<String, Session> told = listen("a");

    cluster.kill("b");

    awaitTold(told, "DELETE 2 NODE_DOWN");
    assertThat(told.changes()).containsExactly(new Change<>("2", BOB, null, Cause.NODE_DOWN));
  }

  @Test
  void close_owner_itsRecordsAreToldOnce() {
    cluster.join("a", "b");
    sessions("b").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    cluster.leave("b");
    cluster.await(() -> sessions("a").size() == 0);
    cluster.await(() -> sessions("a").status().hiddenRecords() == 0);
    sessions("a").insert(BOB);

    awaitTold(told, "DELETE 1 NODE_DOWN", "INSERT 2 LOCAL");
  }

  @Test
  void restart_owner_oldRecordIsDeletedAndTheNewOneInserted() {
    cluster.join("a", "b");
    sessions("b").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");
    cluster.kill("b");
    cluster.start("b");
    sessions("b").insert(ALEX);

    cluster.join("a", "b");

    awaitTold(told, "DELETE 1 NODE_DOWN", "INSERT 1 JOIN");
    assertThat(told.changes().getLast().newRecord()).isEqualTo(ALEX);
  }

  // ---- a snapshot, then changes

  @Test
  void subscribe_filledTable_aSnapshotAndThenChanges() {
    cluster.start("a");
    sessions("a").insert(ALICE);
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();

    sessions("a").subscribe(told);
    cluster.await(() -> told.told().size() == 1);
    sessions("a").insert(BOB);

    awaitTold(told, "snapshot [" + ALICE + "]", "INSERT 2 LOCAL");
  }

  @Test
  void subscribe_whileWritesGoOn_replayedGivesTheTable() {
    cluster.join("a", "b");
    Map<String, Session> copy = new HashMap<>();
    List<String> wrong = new ArrayList<>();
    AtomicInteger snapshots = new AtomicInteger();
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      writes.add(sessions(i % 2 == 0 ? "a" : "b").insertAsync(new Session("" + i % 7, "u" + i)));
      if (i == 150) {
        sessions("a")
            .subscribe(
                new Replaying(copy, wrong, snapshots), ListenerOptions.DEFAULTS.maxEvents(100_000));
        sessions("a").subscribe(told);
      }
      if (i % 20 == 0) {
        writes.add(sessions("b").deleteAsync("" + i % 7));
      }
    }
    writes.forEach(cluster::receipt);
    sessions("a").insert(new Session("last", "last"));
    sessions("b").insert(new Session("very last", "last"));

    cluster.await(
        () -> told.changes().stream().anyMatch(change -> change.key().equals("very last")));
    cluster.await(
        () -> {
          synchronized (copy) {
            return copy.containsKey("very last");
          }
        });
    synchronized (copy) {
      assertThat(wrong).isEmpty();
      assertThat(snapshots).hasValue(1);
      assertThat(copy.values()).containsExactlyInAnyOrderElementsOf(sessions("a").dump());
    }
  }

  // ---- listeners that are slow, or throw

  @Test
  void listen_listenerThrows_nextChangeIsTold() {
    cluster.start("a");
    ListenerRecorder<String, Session> told = listen("a");
    told.during(
        () -> {
          throw new IllegalStateException("thrown by the test");
        });

    sessions("a").insert(ALICE);
    sessions("a").insert(BOB);

    awaitTold(told, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
  }

  @Test
  void listen_listenerDoesNotComeBack_writesGoOnAndItIsToldAGapLater() {
    cluster.join("a", "b");
    HeldExecutor blocked = new HeldExecutor();
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    sessions("a").listen(told, ListenerOptions.DEFAULTS.executor(blocked).maxEvents(10));
    ListenerRecorder<String, Session> other = listen("a");

    IntStream.range(0, 50).forEach(i -> sessions("b").insert(new Session("" + i, "user")));

    cluster.await(() -> other.changes().size() == 50);
    assertThat(told.told()).isEmpty();
    blocked.letGo();
    sessions("a").delete("0");
    blocked.letGo();
    assertThat(told.told()).containsExactly("gap", "DELETE 0 LOCAL");
  }

  @Test
  void subscribe_listenerIsSlow_aGapAndAnotherSnapshot() {
    cluster.start("a");
    HeldExecutor blocked = new HeldExecutor();
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    sessions("a").subscribe(told, ListenerOptions.DEFAULTS.executor(blocked).maxEvents(1));
    cluster.await(blocked::hasTask);
    blocked.letGo();
    sessions("a").insert(ALICE);
    sessions("a").insert(BOB);

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
    cluster.join("a", "b");
    ListenerRecorder<String, Session> told = listen("a");
    AtomicInteger calls = new AtomicInteger();
    told.during(
        () -> {
          if (calls.incrementAndGet() == 1) {
            sessions("a").insert(BOB);
          }
        });

    sessions("b").insert(ALICE);

    awaitTold(told, "INSERT 1 REMOTE", "INSERT 2 LOCAL");
  }

  // ---- the end

  @Test
  void close_subscription_nothingIsToldAnyMore() {
    cluster.start("a");
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    Subscription subscription = sessions("a").listen(told);
    ListenerRecorder<String, Session> other = listen("a");
    sessions("a").insert(ALICE);
    cluster.await(() -> told.told().size() == 1);

    subscription.close();
    subscription.close();
    sessions("a").insert(BOB);

    awaitTold(other, "INSERT 1 LOCAL", "INSERT 2 LOCAL");
    assertThat(told.told()).containsExactly("INSERT 1 LOCAL");
  }

  @Test
  void close_table_isToldAndNoDeletes() {
    cluster.start("a");
    sessions("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    sessions("a").close();

    awaitTold(told, "closed");
    assertThatThrownBy(() -> listen("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void close_node_isToldAsTheEndOfTheTable() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    ListenerRecorder<String, Session> told = listen("a");

    cluster.leave("a");

    cluster.await(() -> !told.told().isEmpty());
    assertThat(told.told()).containsExactly("closed");
  }

  @Test
  void options_noRoomForAnyChange_areRefused() {
    assertThatThrownBy(() -> ListenerOptions.DEFAULTS.maxEvents(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxEvents");
  }

  /** Does nothing until it is let go, and then on the thread of the test. */
  private static final class HeldExecutor implements Executor {
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }

    boolean hasTask() {
      return !tasks.isEmpty();
    }

    void letGo() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }

  /** Keeps a copy of the table by nothing but what it is told. */
  private record Replaying(Map<String, Session> copy, List<String> wrong, AtomicInteger snapshots)
      implements SnapshotListener<String, Session> {
    @Override
    public void snapshot(List<Session> records) {
      synchronized (copy) {
        snapshots.incrementAndGet();
        copy.clear();
        records.forEach(record -> copy.put(record.id(), record));
      }
    }

    @Override
    public void changed(Change<String, Session> change) {
      synchronized (copy) {
        Session now = change.newRecord();
        Session had = now == null ? copy.remove(change.key()) : copy.put(change.key(), now);
        if (had == null ? change.oldRecord() != null : !had.equals(change.oldRecord())) {
          wrong.add("had " + had + " and is told " + change);
        }
      }
    }
  }
}
