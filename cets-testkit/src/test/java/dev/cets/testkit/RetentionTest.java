package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagSpec;
import dev.cets.BagTable;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.codec.Codecs;
import dev.cets.spi.Codec;
import dev.cets.testkit.ClusterHarness.Session;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is held of the records of a node that is away for long, and how little travels when it is
 * back, counted in records that nodes had to decode.
 */
class RetentionTest extends SplitTest {
  private static final Duration RETENTION = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int RECORDS = 500;

  /** As it is, and counts what comes over the network. */
  private static final class Counting implements Codec<Session> {
    private final Codec<Session> codec = Codecs.value(Session.class);
    private int decoded;

    @Override
    public byte[] encode(Session value) {
      return codec.encode(value);
    }

    @Override
    public Session decode(ByteBuffer bytes) {
      decoded++;
      return codec.decode(bytes);
    }

    @Override
    public String fingerprint() {
      return codec.fingerprint();
    }

    @Override
    public boolean canonical() {
      return codec.canonical();
    }

    int sinceLast() {
      int count = decoded;
      decoded = 0;
      return count;
    }
  }

  private final Counting toA = new Counting();
  private final Counting toB = new Counting();
  private final Counting toC = new Counting();

  private static SetSpec<String, Session> calls(Counting codec) {
    return TableSpec.set("calls", Codecs.key(String.class), codec, Session::id);
  }

  private SetTable<String, Session> open(String node, SetSpec<String, Session> spec) {
    return cluster.node(node).open(spec);
  }

  private static List<Session> records(String prefix) {
    return IntStream.range(0, RECORDS).mapToObj(i -> new Session(prefix + i, "user" + i)).toList();
  }

  private void startAll() {
    cluster.join("a", "b", "c");
  }

  private static void assertDecoded(Counting codec, int records) {
    assertThat(codec.sinceLast()).isEqualTo(records);
  }

  // ---- what travels

  @Test
  void heal_afterAnHour_eachSideFetchesWhatTheOtherOwnsAndNobodyElseIsDisturbed() {
    startAll();
    SetTable<String, Session> atA = open("a", calls(toA));
    SetTable<String, Session> atB = open("b", calls(toB));
    SetTable<String, Session> atC = open("c", calls(toC));
    cluster.awaitJoined("a", "b", "c");
    atA.insertMany(records("a"));
    atB.insertMany(records("b"));
    atC.insertMany(records("c"));
    List.of(toA, toB, toC).forEach(codec -> assertDecoded(codec, 2 * RECORDS));
    cutOff("c", "a", "b");

    cluster.run(HOUR);
    assertThat(atA.size()).isEqualTo(2 * RECORDS);
    assertThat(atA.info().bareRecords()).isEqualTo(RECORDS);
    assertThat(atC.info().bareRecords()).isEqualTo(2 * RECORDS);
    assertThat(atA.status().hiddenRecords()).isEqualTo(RECORDS);
    atC.insert(new Session("new", "of c"));
    healed("a", "b", "c");

    assertDecoded(toA, RECORDS + 1);
    assertDecoded(toB, RECORDS + 1);
    assertDecoded(toC, 2 * RECORDS);
    for (SetTable<String, Session> table : List.of(atA, atB, atC)) {
      assertThat(table.size()).isEqualTo(3 * RECORDS + 1);
      assertThat(table.dump()).hasSize(3 * RECORDS + 1).containsAll(records("c"));
      assertThat(table.info().bareRecords()).isZero();
    }
  }

  @Test
  void heal_afterAnHourWithinTheRetention_onlyTheDifferenceTravels() {
    startAll();
    SetTable<String, Session> atA = open("a", calls(toA).retention(HOUR.multipliedBy(2)));
    SetTable<String, Session> atB = open("b", calls(toB).retention(HOUR.multipliedBy(2)));
    SetTable<String, Session> atC = open("c", calls(toC).retention(HOUR.multipliedBy(2)));
    cluster.awaitJoined("a", "b", "c");
    atA.insertMany(records("a"));
    atC.insertMany(records("c"));
    List.of(toA, toB, toC).forEach(Counting::sinceLast);
    cutOff("c", "a", "b");

    cluster.run(HOUR);
    atA.insert(new Session("new", "of a"));
    assertDecoded(toB, 1);
    atC.insert(new Session("new", "of c"));
    atC.delete("c0");
    healed("a", "b", "c");

    assertDecoded(toA, 1);
    assertDecoded(toB, 1);
    assertDecoded(toC, 1);
    assertThat(atA.dump()).hasSameElementsAs(atC.dump()).hasSameElementsAs(atB.dump());
    assertThat(atA.size()).isEqualTo(2 * RECORDS);
  }

  @Test
  void heal_oneNodeRestartedMeanwhile_itFetchesWhatItNeverHad() {
    startAll();
    SetTable<String, Session> atA = open("a", calls(toA));
    open("b", calls(toB));
    SetTable<String, Session> atC = open("c", calls(toC));
    cluster.awaitJoined("a", "b", "c");
    atC.insertMany(records("c"));
    cutOff("c", "a", "b");
    cluster.run(RETENTION);
    assertThat(atA.info().bareRecords()).isEqualTo(RECORDS);
    cluster.kill("b");
    cluster.join("a", "b");
    toB.sinceLast();
    SetTable<String, Session> again = open("b", calls(toB));
    cluster.awaitJoined("a", "b");
    assertDecoded(toB, 0);
    assertThat(again.info().bareRecords()).isEqualTo(RECORDS);

    healed("a", "b");
    cluster.connect("b", "c");
    cluster.awaitJoined("a", "b", "c");

    assertDecoded(toB, RECORDS);
    assertThat(again.dump()).hasSameElementsAs(records("c"));
  }

  @Test
  void kill_ownerGoneForGood_nothingIsLeftOfIt() {
    startAll();
    SetTable<String, Session> atA = open("a", calls(toA));
    open("b", calls(toB));
    SetTable<String, Session> atC = open("c", calls(toC));
    cluster.awaitJoined("a", "b", "c");
    atC.insertMany(records("c"));
    cluster.kill("c");
    cluster.run(RETENTION.plusSeconds(1));
    assertThat(atA.info().bareRecords()).isEqualTo(RECORDS);

    cluster.node("b").forget("c");
    cluster.run(Duration.ofSeconds(1));

    assertThat(atA.info().bareRecords()).isZero();
    assertThat(atA.status().hiddenRecords()).isZero();
  }

  // ---- at the limit

  @Test
  void cut_retentionOver_recordsGoThenAndNotBefore() {
    cluster.join("a", "b");
    SetTable<String, Session> atA = open("a", calls(toA));
    SetTable<String, Session> atB = open("b", calls(toB));
    cluster.awaitJoined("a", "b");
    atB.insert(BOB);
    cluster.split("a", "b");

    cluster.run(RETENTION.minusSeconds(1));
    assertThat(atA.info().bareRecords()).isZero();
    cluster.run(Duration.ofMillis(1_200)); // a tick is a tenth of a second

    assertThat(atA.info().bareRecords()).isOne();
    assertThat(atA.info().retention()).isEqualTo(RETENTION);
  }

  @Test
  void retention_negative_isRefused() {
    assertThatThrownBy(() -> calls(toA).retention(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the retention is PT-0.001S; it must not be negative");
  }

  // ---- writes, resolvers and listeners

  @Test
  void write_overARecordThatWasLetGoOf_stands() {
    cluster.join("a", "b");
    SetTable<String, Session> atA = open("a", calls(toA).retention(Duration.ZERO));
    SetTable<String, Session> atB = open("b", calls(toB));
    cluster.awaitJoined("a", "b");
    atB.insertMany(List.of(ALICE, BOB, CAROL));
    cluster.split("a", "b");
    cluster.await(() -> atA.info().bareRecords() == 3);

    assertThat(atA.deleteObject(BOB).changes()).isZero();
    assertThat(atA.delete("3").changes()).isOne();
    assertThat(atA.insertNew(ANNA)).isTrue();
    assertThat(atA.info().bareRecords()).isOne();
    healed("a", "b");

    assertThat(atA.dump()).containsExactlyInAnyOrder(ANNA, BOB);
    assertThat(atB.dump()).containsExactlyInAnyOrder(ANNA, BOB);
  }

  @Test
  void resolver_oneOfThreeVersionsIsLetGoOf_isNotAskedAgain() {
    int[] asked = {0};
    SetSpec<String, Session> merging =
        calls(toA)
            .retention(RETENTION)
            .resolver(
                sessions -> {
                  asked[0]++;
                  return new Session("1", sessions.size() + " of them");
                });
    cluster.start("a");
    cluster.start("b");
    cluster.start("c");
    SetTable<String, Session> atA = open("a", merging);
    atA.insert(ALICE);
    open("b", calls(toB)).insert(ALEX);
    open("c", calls(toC)).insert(ANNA);
    cluster.join("a", "b", "c");
    assertThat(atA.lookup("1")).isEqualTo(new Session("1", "3 of them"));
    cutOff("c", "a", "b");
    Session shown = atA.lookup("1");
    assertThat(shown).isEqualTo(new Session("1", "2 of them"));
    int before = asked[0];

    cluster.run(RETENTION);
    assertThat(atA.info().bareRecords()).isOne();
    assertThat(atA.lookup("1")).isSameAs(shown);
    assertThat(asked[0]).isEqualTo(before);
    healed("a", "b", "c");

    assertThat(atA.lookup("1")).isEqualTo(new Session("1", "3 of them"));
  }

  @Test
  void listener_recordsAreLetGoOfAndComeBack_isToldOfTheHidingAndTheShowingOnly() {
    cluster.join("a", "b");
    SetTable<String, Session> atA = open("a", calls(toA));
    SetTable<String, Session> atB = open("b", calls(toB));
    cluster.awaitJoined("a", "b");
    atB.insert(BOB);
    cluster.await(() -> atA.size() == 1);
    ListenerRecorder<String, Session> told = new ListenerRecorder<>();
    atA.listen(told);

    cluster.split("a", "b");
    cluster.run(RETENTION);
    assertThat(atA.info().bareRecords()).isOne();
    healed("a", "b");

    assertThat(told.told()).containsExactly("DELETE 2 NODE_DOWN", "INSERT 2 JOIN");
    assertThat(told.changes().getLast().newRecord()).isEqualTo(BOB);
  }

  @Test
  void bag_ownerIsAwayForLong_nothingIsLetGoOf() {
    cluster.join("a", "b");
    BagSpec<String, Session> bag = TableSpec.bag("tags", String.class, Session.class, Session::id);
    BagTable<String, Session> atA = cluster.node("a").open(bag.retention(Duration.ZERO));
    BagTable<String, Session> atB = cluster.node("b").open(bag);
    cluster.awaitJoined("a", "b");
    atB.insert(BOB);
    cluster.split("a", "b");

    cluster.run(Duration.ofMinutes(1));
    assertThat(atA.status().hiddenRecords()).isOne();
    assertThat(atA.info().bareRecords()).isZero();
    healed("a", "b");

    assertThat(atA.dump()).containsExactly(BOB);
  }
}
