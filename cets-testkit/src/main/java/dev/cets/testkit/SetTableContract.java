package dev.cets.testkit;

import static java.lang.Integer.parseInt;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.ListenerOptions;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
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

/** What a set table does for its callers while all nodes are well, over any engine. */
public abstract class SetTableContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> ALL = List.of("a", "b", "c");
  private static final int MANY = 100_000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A record whose key is not its first component. */
  public record Badge(int door, String owner) {}

  /** A record whose equals() does not look into the array. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Blob(String id, byte[] bytes) {}

  private static final SetSpec<String, Badge> BADGES =
      TableSpec.set("badges", String.class, Badge.class, Badge::owner);
  private static final SetSpec<String, Blob> BLOBS =
      TableSpec.set("blobs", String.class, Blob.class, Blob::id);

  /** Made by subclasses only. */
  protected SetTableContract() {}

  private void joinBoth() {
    cluster.join("a", "b");
  }

  private static List<Session> sessions(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session("" + i, "user" + i)).toList();
  }

  // ---- writes and reads

  @Test
  void insert_oneNode_isReadBack() {
    cluster.start("a");

    sessions("a").insert(ALICE);

    assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void insert_joinedNodes_readTheRecordWhenItReturns() {
    cluster.join("a", "b", "c");

    sessions("b").insert(ALICE);

    assertRecords(ALL, ALICE);
  }

  @Test
  void insert_standingKey_replacesTheRecordEverywhere() {
    joinBoth();
    sessions("a").insert(ALICE);

    sessions("b").insert(ALEX);

    assertRecords(BOTH, ALEX);
  }

  @Test
  void insert_equalRecordAgain_changesNothingForReaders() {
    joinBoth();
    sessions("a").insert(ALICE);

    sessions("b").insert(new Session("1", "alice"));

    assertRecords(BOTH, ALICE);
  }

  @Test
  @SuppressWarnings("NullAway") // a mistake of those whose code is not checked
  void insert_recordWithoutKey_isRefused() {
    cluster.start("a");
    SetTable<String, Session> nameless =
        cluster.node("a").open(TableSpec.set("t", String.class, Session.class, any -> null));

    assertThatThrownBy(() -> nameless.insert(ALICE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key");
  }

  @Test
  void insert_keyIsNotTheFirstComponent_isFoundByIt() {
    SetTable<String, Badge> badges = cluster.start("a").open(BADGES);
    badges.insert(new Badge(7, "alice"));

    badges.insert(new Badge(8, "alice"));

    assertThat(badges.dump()).containsExactly(new Badge(8, "alice"));
    assertThat(badges.lookup("alice")).isEqualTo(new Badge(8, "alice"));
  }

  @Test
  void insertMany_noRecords_returnsAndChangesNothing() {
    joinBoth();

    Receipt receipt = sessions("a").insertMany(List.of());

    assertThat(receipt.changes()).isZero();
    assertRecords(BOTH);
  }

  @Test
  void insertMany_oneRecord_isReadEverywhere() {
    joinBoth();

    sessions("a").insertMany(List.of(ALICE));

    assertRecords(BOTH, ALICE);
  }

  @Test
  void insertMany_thousandRecords_areReadEverywhere() {
    joinBoth();

    Receipt receipt = sessions("a").insertMany(sessions(1000));

    assertThat(receipt.changes()).isEqualTo(1000);
    assertRecords(BOTH, sessions(1000).toArray(Session[]::new));
  }

  @Test
  void insertMany_twoOfOneKey_theLaterStands() {
    joinBoth();

    Receipt receipt = sessions("a").insertMany(List.of(ALICE, BOB, ALEX));

    assertThat(receipt.changes()).isEqualTo(2);
    assertRecords(BOTH, ALEX, BOB);
  }

  @Test
  void delete_standingKey_removesItEverywhere() {
    joinBoth();
    sessions("a").insertMany(List.of(ALICE, BOB));

    sessions("b").delete("1");

    assertRecords(BOTH, BOB);
  }

  @Test
  void delete_unknownKey_returnsAndChangesNothing() {
    joinBoth();
    sessions("a").insert(ALICE);

    Receipt receipt = sessions("a").delete("none");

    assertThat(receipt.changes()).isZero();
    assertRecords(BOTH, ALICE);
  }

  @Test
  void delete_thenInsert_standsAgain() {
    joinBoth();
    sessions("a").insert(ALICE);
    sessions("b").delete("1");

    sessions("a").insert(ALEX);

    assertRecords(BOTH, ALEX);
  }

  @Test
  void deleteMany_noKeys_returnsAndChangesNothing() {
    joinBoth();
    sessions("a").insert(ALICE);

    assertThat(sessions("a").deleteMany(List.of()).changes()).isZero();

    assertRecords(BOTH, ALICE);
  }

  @Test
  void deleteMany_someUnknown_removesTheOthers() {
    joinBoth();
    sessions("a").insertMany(List.of(ALICE, BOB));

    Receipt receipt = sessions("b").deleteMany(List.of("none", "1", "nobody", "1"));

    assertThat(receipt.changes()).isEqualTo(1);
    assertRecords(BOTH, BOB);
  }

  @Test
  void deleteObject_equalRecord_removesItEverywhere() {
    joinBoth();
    sessions("a").insert(ALICE);

    Receipt receipt = sessions("b").deleteObject(new Session("1", "alice"));

    assertThat(receipt.changes()).isEqualTo(1);
    assertRecords(BOTH);
  }

  @Test
  void deleteObject_anotherRecordStands_changesNothing() {
    joinBoth();
    sessions("a").insert(ALICE);

    Receipt receipt = sessions("b").deleteObject(ALEX);

    assertThat(receipt.changes()).isZero();
    assertRecords(BOTH, ALICE);
  }

  @Test
  void deleteObject_absentKey_changesNothing() {
    joinBoth();
    sessions("a").insert(BOB);

    assertThat(sessions("a").deleteObject(ALICE).changes()).isZero();

    assertRecords(BOTH, BOB);
  }

  @Test
  void deleteObjects_absentOnesAmongThem_areIgnored() {
    joinBoth();
    sessions("a").insertMany(List.of(ALICE, BOB));

    Receipt receipt =
        sessions("b").deleteObjects(List.of(new Session("9", "nobody"), new Session("2", "bob")));

    assertThat(receipt.changes()).isOne();
    assertRecords(BOTH, ALICE);
  }

  @Test
  void deleteObjects_severalOfOneKey_removesTheOneThatStands() {
    joinBoth();
    sessions("a").insertMany(List.of(ALICE, BOB));

    Receipt receipt = sessions("b").deleteObjects(List.of(ALICE, ALEX, ALICE));

    assertThat(receipt.changes()).isOne();
    assertRecords(BOTH, BOB);
  }

  @Test
  void deleteObjectsAsync_none_changesNothing() {
    joinBoth();
    sessions("a").insert(ALICE);

    assertThat(cluster.receipt(sessions("a").deleteObjectsAsync(List.of())).changes()).isZero();

    assertRecords(BOTH, ALICE);
  }

  @Test
  void select_predicate_findsThoseRecords() {
    joinBoth();
    sessions("a").insertMany(List.of(ALICE, BOB));

    assertThat(sessions("b").select(session -> session.user().startsWith("b")))
        .containsExactly(BOB);
  }

  @Test
  void deleteObject_byteArrays_areComparedByContent() {
    SetTable<String, Blob> blobs = cluster.start("a").open(BLOBS);
    blobs.insert(new Blob("1", new byte[] {1, 2, 3}));

    assertThat(blobs.deleteObject(new Blob("1", new byte[] {1, 2, 4})).changes()).isZero();
    assertThat(blobs.deleteObject(new Blob("1", new byte[] {1, 2, 3})).changes()).isOne();

    assertThat(blobs.size()).isZero();
  }

  @Test
  void lookup_absentKey_isNull() {
    cluster.start("a");
    sessions("a").insert(ALICE);

    assertThat(sessions("a").lookup("none")).isNull();
  }

  @Test
  void contains_standingAndAbsentKey_isTrueAndFalse() {
    joinBoth();
    sessions("a").insert(ALICE);

    assertThat(sessions("b").contains("1")).isTrue();
    assertThat(sessions("b").contains("none")).isFalse();
  }

  @Test
  void size_insertsReplacementsAndDeletes_countsKeys() {
    joinBoth();
    sessions("a").insertMany(sessions(10));
    sessions("a").insert(ALICE);
    sessions("b").deleteMany(List.of("3", "4", "none"));

    assertThat(sessions("a").size()).isEqualTo(8);
    assertThat(sessions("b").size()).isEqualTo(8);
  }

  @Test
  void stream_emptyTable_isEmpty() {
    cluster.start("a");

    assertThat(sessions("a").stream()).isEmpty();
    assertThat(sessions("a").dump()).isEmpty();
  }

  @Test
  void stream_writtenMeanwhile_showsWhatStandsAllTheTime() {
    cluster.start("a");
    SetTable<String, Session> table = sessions("a");
    table.insertMany(sessions(100));
    List<Session> seen = new ArrayList<>();

    table.stream()
        .forEach(
            record -> {
              seen.add(record);
              table.insert(new Session("new" + seen.size(), "later"));
              table.delete("0");
            });

    assertThat(seen).containsAll(sessions(100).subList(1, 100));
  }

  @Test
  void dump_changedByTheReader_isRefused() {
    cluster.start("a");
    sessions("a").insert(ALICE);

    assertThatThrownBy(() -> sessions("a").dump().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  // ---- receipts

  @Test
  void insert_joinedNodes_receiptNamesThemAll() {
    cluster.join("a", "b", "c");

    assertThat(sessions("a").insert(ALICE))
        .isEqualTo(new Receipt(Set.of("a", "b", "c"), Set.of(), 1));
  }

  @Test
  void insert_oneNode_receiptNamesItAlone() {
    cluster.start("a");

    assertThat(sessions("a").insert(ALICE)).isEqualTo(new Receipt(Set.of("a"), Set.of(), 1));
  }

  @Test
  void insert_nodeWithoutTheTable_isNotWaitedFor() {
    joinBoth();
    cluster.start("c");
    cluster.connect("a", "b", "c");
    cluster.awaitJoined("a", "b", "c");

    assertThat(sessions("a").insert(ALICE).appliedBy()).containsExactlyInAnyOrder("a", "b");
  }

  // ---- async writes

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

  /** With times that a busy machine keeps, so that nobody is held to be down meanwhile. */
  private void joinPatient() {
    for (String node : BOTH) {
      cluster.start(node, settings -> settings.silenceLimit(PATIENCE).writeDeadline(PATIENCE));
    }
    joinBoth();
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

  private void awaitAll(List<CompletableFuture<Receipt>> writes) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new));
    cluster.await(all::isDone);
    all.join();
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
