package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagSpec;
import dev.cets.BagTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a bag does with what its callers write, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class BagTableContract extends BagContract {
  /** A record of many for one key, with bytes. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Note(String topic, List<String> tags, byte[] body) {}

  private static final BagSpec<String, Note> NOTES =
      TableSpec.bag("notes", String.class, Note.class, Note::topic);

  /** Made by subclasses only. */
  protected BagTableContract() {}

  // ---- writes

  @Test
  void insert_sameRecordTwice_isOneRecord() {
    join("a", "b");

    bag("a").insert(ALICE);
    bag("a").insert(new Session("1", "alice"));

    assertBags(BOTH, ALICE);
  }

  @Test
  void insert_secondRecordOfAKey_keepsBoth() {
    join("a", "b");

    bag("a").insert(ALICE);
    bag("b").insert(ALEX);

    assertBags(BOTH, ALICE, ALEX);
  }

  @Test
  void insertMany_equalRecordsAmongThem_standOnce() {
    join("a", "b");

    assertThat(bag("a").insertMany(List.of(ALICE, ALEX, ALICE, BOB)).changes()).isEqualTo(3);

    assertBags(BOTH, ALICE, ALEX, BOB);
  }

  @Test
  void insertMany_noRecords_changesNothing() {
    join("a", "b");

    assertThat(bag("a").insertMany(List.of()).changes()).isZero();

    assertBags(BOTH);
  }

  @Test
  void insertMany_thousandRecordsOfOneKey_areReadEverywhere() {
    join("a", "b");
    List<Session> many = IntStream.range(0, 1000).mapToObj(i -> new Session("1", "u" + i)).toList();

    bag("a").insertMany(many);

    assertThat(bag("b").lookup("1")).containsExactlyInAnyOrderElementsOf(many);
    assertThat(bag("b").size()).isEqualTo(1000);
  }

  @Test
  @SuppressWarnings("NullAway") // a mistake of those whose code is not checked
  void insert_recordWithoutKey_isRefused() {
    BagTable<String, Session> nameless =
        cluster.start("a").open(TableSpec.bag("t", String.class, Session.class, any -> null));

    assertThatThrownBy(() -> nameless.insert(ALICE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key");
  }

  @Test
  void delete_key_removesAllOfIt() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, BOB));
    bag("b").insert(ALEX);

    assertThat(bag("b").delete("1").changes()).isEqualTo(2);

    assertBags(BOTH, BOB);
    assertThat(bag("a").lookup("1")).isEmpty();
    assertThat(bag("a").contains("1")).isFalse();
  }

  @Test
  void delete_unknownKey_changesNothing() {
    join("a", "b");
    bag("a").insert(ALICE);

    assertThat(bag("a").delete("none").changes()).isZero();

    assertBags(BOTH, ALICE);
  }

  @Test
  void deleteMany_absentOnesAmongThem_areIgnored() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, ALEX, BOB));

    assertThat(bag("b").deleteMany(List.of("none", "1", "nobody", "1")).changes()).isEqualTo(2);

    assertBags(BOTH, BOB);
  }

  @Test
  void delete_recordsOfManyNodes_removesThemOnAllNodes() {
    join("a", "b");
    bag("a").insert(ALICE);
    bag("b").insert(ALICE);

    bag("a").delete("1");

    assertBags(BOTH);
  }

  @Test
  void deleteObject_oneOfTwo_removesThatOne() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, ALEX));

    assertThat(bag("b").deleteObject(new Session("1", "alice")).changes()).isOne();

    assertBags(BOTH, ALEX);
  }

  @Test
  void deleteObject_absentRecord_changesNothing() {
    join("a", "b");
    bag("a").insert(ALICE);

    assertThat(bag("b").deleteObject(ALEX).changes()).isZero();

    assertBags(BOTH, ALICE);
  }

  @Test
  void deleteObjects_absentOnesAmongThem_areIgnored() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, ALEX));

    assertThat(bag("b").deleteObjects(List.of(BOB, ALICE, BOB)).changes()).isOne();

    assertBags(BOTH, ALEX);
  }

  @Test
  void deleteObject_byteArrays_areComparedByContent() {
    BagTable<String, Note> notes = cluster.start("a").open(NOTES);
    notes.insert(new Note("t", List.of("x"), new byte[] {1, 2}));
    notes.insert(new Note("t", List.of("x"), new byte[] {1, 2}));
    notes.insert(new Note("t", List.of("x"), new byte[] {1, 3}));

    assertThat(notes.size()).isEqualTo(2);
    assertThat(notes.deleteObject(new Note("t", List.of("x"), new byte[] {1, 2})).changes())
        .isOne();
    assertThat(notes.lookup("t")).hasSize(1);
  }

  @Test
  void writesAsync_thenTheirReceipts_tookEffectInOrder() {
    join("a", "b");
    BagTable<String, Session> bag = bag("a");
    var writes =
        List.of(
            bag.insertManyAsync(List.of(ALICE, ALEX, BOB)),
            bag.deleteAsync("1"),
            bag.insertAsync(ALICE),
            bag.insertAsync(ALEX),
            bag.deleteObjectAsync(ALICE),
            bag.deleteManyAsync(List.of("2", "3")),
            bag.insertAsync(ALICE),
            bag.deleteObjectsAsync(List.of(BOB, ALEX)));

    assertThat(writes.stream().map(cluster::receipt).map(receipt -> receipt.changes()))
        .containsExactly(3, 2, 1, 1, 1, 1, 1, 1);
    assertBags(BOTH, ALICE);
  }

  @Test
  void status_bag_namesTheTypeAndCounts() {
    start("a");
    bag("a").insertMany(List.of(ALICE, ALEX));

    assertThat(bag("a").status().type()).isEqualTo("bag");
    assertThat(bag("a").status().records()).isEqualTo(2);
  }

  @Test
  void withDeadline_bag_isTheSameTable() {
    start("a");

    bag("a").withDeadline(Duration.ofSeconds(3)).insert(ALICE);

    assertThat(bag("a").lookup("1")).containsExactly(ALICE);
  }
}
