package dev.cets.testkit;

import static java.lang.Integer.parseInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.ListenerOptions;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writes that nobody waits for at once, while all nodes are well, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class AsyncWritesContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final int MANY = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Made by subclasses only. */
  protected AsyncWritesContract() {}

  private static List<Session> sessions(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session("" + i, "user" + i)).toList();
  }

  private void joinBoth() {
    cluster.join("a", "b");
  }

  /** With times that a busy machine keeps, so that nobody is held to be down meanwhile. */
  private void joinPatient() {
    for (String node : BOTH) {
      cluster.start(node, settings -> settings.silenceLimit(PATIENCE).writeDeadline(PATIENCE));
    }
    joinBoth();
  }

  private void awaitAll(List<CompletableFuture<Receipt>> writes) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new));
    cluster.await(all::isDone);
    all.join();
  }

  @Test
  void deleteObjectsAsync_none_changesNothing() {
    joinBoth();
    sessions("a").insert(ALICE);

    assertThat(cluster.receipt(sessions("a").deleteObjectsAsync(List.of())).changes()).isZero();

    assertRecords(BOTH, ALICE);
  }

  @Test
  void insertAsync_joinedNodes_endsWithAReceipt() {
    joinBoth();

    Receipt receipt = cluster.receipt(sessions("a").insertAsync(ALICE));

    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertRecords(BOTH, ALICE);
  }

  @Test
  void deleteAsync_allKinds_endLikeTheirTwins() {
    joinBoth();
    cluster.receipt(sessions("a").insertManyAsync(sessions(5)));

    assertThat(cluster.receipt(sessions("a").deleteAsync("0")).changes()).isOne();
    assertThat(cluster.receipt(sessions("a").deleteManyAsync(List.of("1", "x"))).changes()).isOne();
    assertThat(
            cluster.receipt(sessions("a").deleteObjectAsync(new Session("2", "user2"))).changes())
        .isOne();

    assertRecords(BOTH, new Session("3", "user3"), new Session("4", "user4"));
  }

  @Test
  void insertAsync_hundredThousandOverFewKeys_areAppliedInOrderOnEveryNode() {
    joinPatient();
    Queue<Session> toldAtB = new ConcurrentLinkedQueue<>();
    sessions("b")
        .listen(
            change -> Optional.ofNullable(change.newRecord()).ifPresent(toldAtB::add),
            ListenerOptions.DEFAULTS.maxEvents(MANY));
    List<CompletableFuture<Receipt>> writes = new ArrayList<>(MANY);
    for (int i = 0; i < MANY; i++) {
      writes.add(sessions("a").insertAsync(new Session("" + i % 10, "" + i)));
    }

    awaitAll(writes);

    Session[] last =
        IntStream.range(0, 10)
            .mapToObj(i -> new Session("" + i, "" + (MANY - 10 + i)))
            .toArray(Session[]::new);
    assertRecords(BOTH, last);
    cluster.await(() -> toldAtB.size() == MANY);
    Map<String, List<Integer>> byKey =
        toldAtB.stream()
            .collect(groupingBy(Session::id, mapping(told -> parseInt(told.user()), toList())));
    byKey.forEach((key, numbers) -> assertThat(numbers).as("of key %s", key).isSorted());
  }

  @Test
  void insertAsync_hundredThousandKeys_noneIsLost() {
    joinPatient();
    List<CompletableFuture<Receipt>> writes =
        sessions(MANY).stream().map(sessions("a")::insertAsync).toList();

    awaitAll(writes);

    assertThat(writes).allMatch(write -> write.join().changes() == 1);
    assertThat(sessions("a").size()).isEqualTo(MANY);
    assertThat(Set.copyOf(sessions("b").dump())).isEqualTo(Set.copyOf(sessions(MANY)));
    assertThat(sessions("a").status().unacknowledgedWrites()).isZero();
    assertThat(sessions("a").status().unacknowledgedBytes()).isZero();
  }

  @Test
  void insertAsync_thenDeleteAsync_takeEffectInTheirOrder() {
    joinBoth();
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      writes.add(sessions("a").insertAsync(ALICE));
      writes.add(sessions("a").deleteAsync("1"));
    }

    writes.forEach(cluster::receipt);

    assertThat(writes).allMatch(write -> write.join().changes() == 1);
    assertRecords(BOTH);
  }

  @Test
  void insertAsync_callback_runsOnTheNodesExecutor() {
    AtomicInteger handedOn = new AtomicInteger();
    cluster.start(
        "a",
        settings ->
            settings.callbackExecutor(
                task -> {
                  handedOn.incrementAndGet();
                  task.run();
                }));

    cluster.receipt(sessions("a").insertAsync(ALICE));

    assertThat(handedOn).hasPositiveValue();
  }

  @Test
  void insert_onTheNodesLoop_isRefusedAtOnce() {
    cluster.start("a", settings -> settings.callbackExecutor(Runnable::run));
    SetTable<String, Session> table = sessions("a");
    List<Throwable> thrown = new ArrayList<>();

    cluster.receipt(
        table
            .insertAsync(ALICE)
            .whenComplete(
                (receipt, error) -> {
                  try {
                    table.insert(BOB);
                  } catch (IllegalStateException e) {
                    thrown.add(e);
                  }
                }));

    // A write that was over before the callback was attached has its callback on this thread.
    assertThat(thrown.isEmpty()).isEqualTo(table.contains("2"));
  }
}
