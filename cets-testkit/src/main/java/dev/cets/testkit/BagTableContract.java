package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagSpec;
import dev.cets.BagTable;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.TableSpec;
import dev.cets.spi.Codec;
import dev.cets.testkit.ClusterHarness.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a bag does for its callers, over any engine. */
public abstract class BagTableContract extends ClusterContract {
  /** A record of many for one key, with bytes. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Note(String topic, List<String> tags, byte[] body) {}

  private static final BagSpec<String, Session> MEMBERS =
      TableSpec.bag("members", String.class, Session.class, Session::id);
  private static final BagSpec<String, Session> KEPT = MEMBERS.ownership(Ownership.KEEP);
  private static final BagSpec<String, Note> NOTES =
      TableSpec.bag("notes", String.class, Note.class, Note::topic);

  private final Map<String, BagTable<String, Session>> bags = new HashMap<>();

  /** Made by subclasses only. */
  protected BagTableContract() {}

  private BagTable<String, Session> bag(String node) {
    BagTable<String, Session> bag = bags.get(node);
    if (bag == null) {
      throw new IllegalStateException("no bag at " + node);
    }
    return bag;
  }

  private void start(String... nodes) {
    start(MEMBERS, nodes);
  }

  private void start(BagSpec<String, Session> spec, String... nodes) {
    for (String node : nodes) {
      bags.put(node, cluster.start(node).open(spec));
    }
  }

  private void join(String... nodes) {
    start(nodes);
    cluster.join(nodes);
  }

  private void assertBags(List<String> nodes, Session... records) {
    for (String node : nodes) {
      assertThat(bag(node).dump()).as("at %s", node).containsExactlyInAnyOrder(records);
      assertThat(bag(node).size()).as("size at %s", node).isEqualTo(records.length);
      for (Session record : records) {
        assertThat(bag(node).containsObject(record)).isTrue();
        assertThat(bag(node).lookup(record.id()))
            .containsExactlyInAnyOrderElementsOf(
                Arrays.stream(records).filter(other -> other.id().equals(record.id())).toList());
      }
    }
  }

  private void awaitBag(String node, Session... records) {
    cluster.await(
        () -> bag(node).size() == records.length && bag(node).dump().containsAll(List.of(records)));
  }

  private static final List<String> BOTH = List.of("a", "b");

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

  // ---- reads

  @Test
  void lookup_absentKey_isEmpty() {
    start("a");
    bag("a").insert(ALICE);

    assertThat(bag("a").lookup("none")).isEmpty();
    assertThat(bag("a").containsObject(ALEX)).isFalse();
  }

  @Test
  void lookup_keysOfTheSameHashCode_areKeptApart() {
    start("a");
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    bag("a").insertMany(List.of(new Session("Aa", "x"), new Session("BB", "x")));

    assertThat(bag("a").lookup("Aa")).containsExactly(new Session("Aa", "x"));
    assertThat(bag("a").lookup("BB")).containsExactly(new Session("BB", "x"));
    bag("a").delete("Aa");
    assertBags(List.of("a"), new Session("BB", "x"));
  }

  @Test
  void select_predicate_findsThoseRecords() {
    start("a");
    bag("a").insertMany(List.of(ALICE, ALEX, BOB));

    assertThat(bag("a").select(member -> member.user().startsWith("al")))
        .containsExactlyInAnyOrder(ALICE, ALEX);
  }

  @Test
  void stream_writtenMeanwhile_neverFails() {
    start("a");
    BagTable<String, Session> bag = bag("a");
    bag.insertMany(List.of(ALICE, ALEX, BOB));
    List<Session> seen = new ArrayList<>();

    bag.stream()
        .forEach(
            record -> {
              seen.add(record);
              bag.delete("2");
              if (seen.size() < 5) { // else it could go on for ever
                bag.insert(new Session("" + (3 + seen.size()), "later"));
              }
            });

    assertThat(seen).contains(ALICE, ALEX);
  }

  @Test
  void reads_closedTable_failAtOnce() {
    start("a");
    bag("a").close();

    assertThatThrownBy(() -> bag("a").lookup("1")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bag("a").stream()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bag("a").contains("1")).isInstanceOf(IllegalStateException.class);
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

  // ---- joins and owners

  @Test
  void join_twoFilledBags_isTheUnion() {
    start("a", "b");
    bag("a").insertMany(List.of(ALICE, BOB));
    bag("b").insertMany(List.of(ALEX, BOB));

    cluster.join("a", "b");

    assertBags(BOTH, ALICE, ALEX, BOB);
  }

  @Test
  void join_largeBags_areEqualAfterwards() {
    start("a", "b");
    List<Session> here =
        IntStream.range(0, 3000).mapToObj(i -> new Session("" + i % 7, "a" + i)).toList();
    List<Session> there =
        IntStream.range(0, 3000).mapToObj(i -> new Session("" + i % 7, "b" + i)).toList();
    bag("a").insertMany(here);
    bag("b").insertMany(there);

    cluster.join("a", "b");

    assertThat(bag("a").size()).isEqualTo(6000);
    assertThat(bag("b").dump()).containsAll(here).containsAll(there).hasSize(6000);
  }

  @Test
  void insert_equalRecordOnAnotherNode_staysWhenEitherGoes() {
    join("a", "b", "c");
    bag("a").insert(ALICE);
    bag("b").insert(ALICE);
    assertBags(List.of("a", "b", "c"), ALICE);

    cluster.kill("b");
    cluster.awaitDown("a", "b");
    cluster.awaitDown("c", "b");
    assertBags(List.of("a", "c"), ALICE);

    cluster.kill("a");
    cluster.awaitDown("c", "a");
    assertBags(List.of("c"));
  }

  @Test
  void kill_owner_hidesItsRecordsOnly() {
    join("a", "b");
    bag("a").insertMany(List.of(ALICE, BOB));
    bag("b").insert(ALEX);

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertBags(List.of("a"), ALICE, BOB);
    assertThat(bag("a").containsObject(ALEX)).isFalse();
  }

  @Test
  void kill_ownerOfAKeptBag_leavesItsRecords() {
    start(KEPT, "a", "b");
    cluster.join("a", "b");
    bag("b").insertMany(List.of(ALEX, BOB));

    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertBags(List.of("a"), ALEX, BOB);
  }

  @Test
  void restart_ofTheOwner_dropsItsOldRecords() {
    join("a", "b");
    bag("b").insertMany(List.of(ALEX, BOB));
    bag("a").insert(ALICE);
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    join("b");
    cluster.join("a", "b");

    awaitBag("a", ALICE);
    assertBags(BOTH, ALICE);
    assertThat(bag("a").status().hiddenRecords()).isZero();
  }

  // ---- what is refused

  @Test
  void bag_recordCodecThatIsNotCanonical_isRefused() {
    Codec<String> loose = new TextCodec(false);

    assertThatThrownBy(() -> TableSpec.bag("t", new TextCodec(true), loose, any -> any))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("record codec text-1 of bag t is not canonical");
  }

  @Test
  void bag_withAResolver_cannotBeWritten() {
    assertThat(BagSpec.class.getMethods())
        .extracting(java.lang.reflect.Method::getName)
        .doesNotContain("resolver", "onConflict");
  }

  @Test
  void join_setAndBagOfOneName_isAConflict() {
    cluster.start("a").open(MEMBERS);
    SetSpec<String, Session> set =
        TableSpec.set("members", String.class, Session.class, Session::id);
    cluster.start("b").open(set);
    cluster.connect("a", "b");

    cluster.await(() -> cluster.node("a").status().conflictTables().equals(List.of("members")));
    assertThat(cluster.node("a").status().reasons())
        .anyMatch(reason -> reason.contains("bag") && reason.contains("set"));
  }

  private record TextCodec(boolean canonical) implements Codec<String> {
    @Override
    public byte[] encode(String value) {
      return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(ByteBuffer bytes) {
      return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    @Override
    public String fingerprint() {
      return "text-1";
    }
  }
}
