package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CallOutcome;
import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NotReadyException;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.UnknownOutcomeException;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What virtual time cannot show: callers' threads, interrupts, and threads that are left. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class ThreadsContract {
  private static final Session ALICE = new Session("1", "alice");
  private static final Session BOB = new Session("2", "bob");
  private static final Duration SHORT = Duration.ofMillis(200);

  private ThreadedCluster cluster;

  /** Made by subclasses only. */
  protected ThreadsContract() {}

  /** A cluster without nodes. */
  protected abstract ThreadedCluster newCluster();

  @BeforeEach
  void begin() {
    cluster = newCluster();
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private SetTable<String, Session> sessions(String node) {
    return cluster.sessions(node);
  }

  private static Thread run(Runnable task) {
    return Thread.ofPlatform().daemon().start(task);
  }

  @Test
  void insert_interrupted_isUnknownAndTheWriteStays() {
    cluster.join("a", "b");
    CountDownLatch over = cluster.hold("b");

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> sessions("a").insert(ALICE))
        .isInstanceOf(UnknownOutcomeException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
    over.countDown();

    cluster.await(() -> ALICE.equals(sessions("b").lookup("1")));
    assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void awaitAll_interrupted_saysSoAndTheCallsGoOn() {
    cluster.join("a", "b");
    CountDownLatch over = cluster.hold("b");
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);
    cluster.await(() -> sessions("a").contains("1"));

    Thread.currentThread().interrupt();
    List<CallOutcome<Receipt>> outcomes =
        cluster.node("a").awaitAll(List.of(write), Duration.ofSeconds(30));
    assertThat(Thread.interrupted()).isTrue();
    over.countDown();

    assertThatThrownBy(outcomes.getFirst()::value)
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class,
            unknown -> assertThat(unknown.notAnswered()).containsExactly("b"))
        .hasMessageContaining("interrupted");
    assertThat(cluster.receipt(write).appliedBy()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void insert_peerHangs_isUnknownAtItsDeadlineAndNamesIt() {
    cluster.join("a", "b");
    CountDownLatch over = cluster.hold("b");

    assertThatThrownBy(() -> sessions("a").withDeadline(SHORT).insert(ALICE))
        .isInstanceOfSatisfying(
            UnknownOutcomeException.class,
            unknown -> assertThat(unknown.notAnswered()).containsExactly("b"));
    over.countDown();

    cluster.await(() -> ALICE.equals(sessions("b").lookup("1")));
  }

  @Test
  void insert_peerHangsForLong_receiptSaysItLeftAndItComesBackEqual() {
    cluster.join("a", "b");
    sessions("b").insert(BOB);
    CountDownLatch over = cluster.hold("b");

    assertThat(sessions("a").insert(ALICE)).isEqualTo(new Receipt(Set.of("a"), Set.of("b"), 1));
    assertThat(sessions("a").dump()).containsExactly(ALICE);
    over.countDown();

    cluster.awaitJoined("a", "b");
    assertThat(sessions("b").dump()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(sessions("a").dump()).containsExactlyInAnyOrder(ALICE, BOB);
  }

  @Test
  void hold_ownerForLongerThanTheRetention_itsRecordsAreFetchedWhenItIsBack() {
    cluster.join("a", "b");
    SetSpec<String, Session> calls =
        TableSpec.set("calls", String.class, Session.class, Session::id).retention(Duration.ZERO);
    SetTable<String, Session> atA = cluster.node("a").open(calls);
    cluster.node("b").open(calls).insertMany(List.of(ALICE, BOB));
    cluster.await(() -> atA.size() == 2);
    CountDownLatch over = cluster.hold("b");
    cluster.await(() -> atA.info().bareRecords() == 2);
    assertThat(atA.dump()).isEmpty();

    over.countDown();

    cluster.await(() -> atA.size() > 0);
    assertThat(atA.dump()).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(atA.info().bareRecords()).isZero();
  }

  @Test
  void insert_manyThreadsOnEveryNode_allNodesEndEqual() throws InterruptedException {
    cluster.join("a", "b", "c");
    List<Thread> writers = new ArrayList<>();
    for (String node : List.of("a", "b", "c", "a", "b", "c")) {
      SetTable<String, Session> table = sessions(node);
      int number = writers.size();
      writers.add(
          run(
              () -> {
                for (int i = 0; i < 200; i++) {
                  table.insert(new Session("" + i % 10, number + "/" + i));
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(sessions("a").size()).isEqualTo(10);
    assertThat(sessions("a").dump())
        .hasSameElementsAs(sessions("b").dump())
        .hasSameElementsAs(sessions("c").dump());
  }

  @Test
  void insertAsync_whileTheNodeCloses_everyFutureEnds() throws InterruptedException {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    AtomicBoolean over = new AtomicBoolean();
    ConcurrentLinkedQueue<CompletableFuture<Receipt>> writes = new ConcurrentLinkedQueue<>();
    Thread writer =
        run(
            () -> {
              while (!over.get()) {
                writes.add(table.insertAsync(ALICE));
              }
            });
    cluster.await(() -> writes.size() > 1000);

    cluster.leave("a");
    over.set(true);
    writer.join();

    cluster.await(() -> writes.stream().allMatch(CompletableFuture::isDone));
  }

  @Test
  void insert_whileTheNodeCloses_everyCallEnds() throws InterruptedException {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    CountDownLatch writing = new CountDownLatch(4);
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          run(
              () -> {
                try {
                  while (true) {
                    table.insert(ALICE);
                    writing.countDown();
                  }
                } catch (CetsException e) {
                  // this is the end
                }
              }));
    }
    writing.await();

    cluster.leave("a");

    for (Thread writer : writers) {
      assertThat(writer.join(Duration.ofSeconds(5))).isTrue();
    }
  }

  @Test
  void close_nodeWhileAWriteWaits_endsItUnknown() {
    cluster.join("a", "b");
    cluster.hold("b");
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);

    cluster.leave("a");

    assertThatThrownBy(() -> cluster.receipt(write))
        .hasCauseInstanceOf(UnknownOutcomeException.class)
        .hasMessageContainingAll("the node was closed", "b");
  }

  @Test
  void close_nodeFromACallback_doesNotHang() {
    cluster.join("a", "b");
    CetsNode a = cluster.node("a");

    CompletableFuture<Void> closed = sessions("a").insertAsync(ALICE).thenRun(a::close);
    cluster.await(closed::isDone);

    assertThat(closed).isCompleted();
    cluster.awaitDown("b", "a");
  }

  @Test
  void close_nodes_leaveNoThread() {
    cluster.join("left-over-1", "left-over-2");
    sessions("left-over-1").insert(ALICE);

    cluster.leave("left-over-1");
    cluster.leave("left-over-2");

    // Threads of a library under an engine may notice a moment later that all is closed.
    cluster.await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains("left-over")));
  }

  @Test
  void awaitReady_discoveryHangs_namesIt() {
    CountDownLatch over = new CountDownLatch(1);
    CetsNode node =
        cluster.start(
            "a",
            settings ->
                settings.discovery(
                    () -> {
                      try {
                        over.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return Set.of();
                    }));
    sessions("a").insert(ALICE);

    assertThatThrownBy(() -> node.awaitReady(SHORT))
        .isInstanceOfSatisfying(
            NotReadyException.class,
            notReady ->
                assertThat(notReady.reasons())
                    .singleElement()
                    .asString()
                    .contains("has not answered yet"));
    over.countDown();

    node.awaitReady(Duration.ofSeconds(10));
  }
}
