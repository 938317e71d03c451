package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a set table does with what its callers write while all nodes are well, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class SetTableContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> ALL = List.of("a", "b", "c");

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

  private static List<Session> sessions(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session("" + i, "user" + i)).toList();
  }

  private void joinBoth() {
    cluster.join("a", "b");
  }

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
  void deleteObject_byteArrays_areComparedByContent() {
    SetTable<String, Blob> blobs = cluster.start("a").open(BLOBS);
    blobs.insert(new Blob("1", new byte[] {1, 2, 3}));

    assertThat(blobs.deleteObject(new Blob("1", new byte[] {1, 2, 4})).changes()).isZero();
    assertThat(blobs.deleteObject(new Blob("1", new byte[] {1, 2, 3})).changes()).isOne();

    assertThat(blobs.size()).isZero();
  }

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
}
