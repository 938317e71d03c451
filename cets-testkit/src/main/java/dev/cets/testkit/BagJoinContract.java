package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagSpec;
import dev.cets.Ownership;
import dev.cets.SetSpec;
import dev.cets.TableSpec;
import dev.cets.spi.Codec;
import dev.cets.testkit.ClusterHarness.Session;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bags that join, whose owners come and go, and that are refused, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class BagJoinContract extends BagContract {
  private static final BagSpec<String, Session> KEPT = MEMBERS.ownership(Ownership.KEEP);

  /** Made by subclasses only. */
  protected BagJoinContract() {}

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
