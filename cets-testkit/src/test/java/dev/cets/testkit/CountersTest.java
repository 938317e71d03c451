package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.ListenerOptions;
import dev.cets.NodeCounters;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableCounters;
import dev.cets.TableSpec;
import dev.cets.spi.Codec;
import dev.cets.spi.NodeAddress;
import dev.cets.table.LocalTable;
import dev.cets.table.SetStore;
import dev.cets.testkit.ClusterHarness.Session;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Each thing that a node counts, brought about by what really causes it. */
class CountersTest extends SplitTest {
  private NodeCounters node(String name) {
    return cluster.node(name).status().counters();
  }

  private TableCounters table(String name) {
    return sessions(name).status().counters();
  }

  private NodeAddress address(String name) {
    return Objects.requireNonNull(cluster.node(name).address());
  }

  // ---- of nodes

  @Test
  void refusedFrames_damagedOnTheirWay_growWhereTheyArriveAndAreMended() {
    cluster.join("a", "b");
    cluster.network().damage(address("a"), address("b"), 2);

    sessions("a").insert(ALICE);
    sessions("a").insert(BOB);

    assertThat(node("b").refusedFrames()).isEqualTo(2);
    assertThat(node("a").refusedFrames()).isZero();
    cluster.awaitEqual();
    assertRecords(List.of("a", "b"), ALICE, BOB);
    assertThat(sessions("b").status().mended()).isZero();
  }

  @Test
  void lateFrames_tableClosedWhileAWriteIsOnItsWay_grow() {
    cluster.join("a", "b");
    cluster.delay("a", "b", Duration.ofMillis(200));
    var write = sessions("a").insertAsync(ALICE);
    aMomentLater();
    assertThat(node("b").lateFrames()).isZero();

    sessions("b").close();
    cluster.await(write::isDone);
    cluster.run(Duration.ofSeconds(1));

    assertThat(node("b").lateFrames()).isPositive();
    assertThat(node("b").refusedFrames()).isZero();
    assertThat(node("b").defects()).isZero();
  }

  @Test
  void refusedNodes_ofAnotherCluster_grow() {
    cluster.start("a", settings -> settings.cluster("north"));
    cluster.start("b", settings -> settings.cluster("south"));
    cluster.connect("a", "b");
    cluster.run(Duration.ofSeconds(1));

    assertThat(node("a").refusedNodes()).isPositive();
    assertThat(node("b").refusedNodes()).isPositive();
    assertThat(node("a").nodesDown()).isZero();
  }

  @Test
  void nodesDown_eachLoss_counts() {
    cluster.join("a", "b");
    cluster.split("a", "b");
    healed("a", "b");
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertThat(node("a").nodesDown()).isEqualTo(2);
  }

  @Test
  void lateTasks_acknowledgementThatTakesLong_growsEvery5Seconds() {
    cluster.join("a", "b");
    cluster.pause("b", Duration.ofSeconds(7));
    var write = sessions("a").insertAsync(ALICE);
    cluster.run(Duration.ofMillis(4900));
    assertThat(node("a").lateTasks()).isZero();

    cluster.await(write::isDone);

    assertThat(node("a").lateTasks()).isEqualTo(1);
  }

  @Test
  void refusedFrames_codecThrowsWhatItMustNot_growAndTheNodeGoesOn() {
    WordCodec broken = new WordCodec();
    cluster.join("a", "b");
    SetTable<String, String> atA = cluster.node("a").open(words(new WordCodec()));
    cluster.node("b").open(words(broken));
    cluster.awaitJoined("a", "b");
    broken.decodes = false;

    var unused = atA.insertAsync("word");
    aMomentLater();

    assertThat(node("b").refusedFrames()).isPositive();
    assertThat(node("b").defects()).isZero();
    assertThat(node("a").defects()).isZero();
    sessions("a").insert(ALICE);
    assertRecords(List.of("a", "b"), ALICE);
  }

  /** What was encoded when it was written is encoded again when it is pulled. */
  @Test
  void defects_codecDoesNotEncodeOnTheLoop_growAndTheNodeGoesOn() {
    WordCodec broken = new WordCodec();
    cluster.start("b").open(words(broken)).insert("word");
    broken.encodes = false;
    cluster.start("a").open(words(new WordCodec()));
    cluster.connect("a", "b");
    aMomentLater();

    assertThat(node("b").defects()).isPositive();
    assertThat(node("a").defects()).isZero();
    sessions("a").insert(ALICE);
    sessions("b");
    cluster.await(() -> sessions("b").contains(ALICE.id()));
  }

  private static SetSpec<String, String> words(WordCodec records) {
    return TableSpec.set("words", WordCodec.WORKING, records, word -> word);
  }

  /** Works until the test wants it to fail. */
  private static final class WordCodec implements Codec<String> {
    static final Codec<String> WORKING =
        TableSpec.set("words", String.class, String.class, word -> word).recordCodec();

    private boolean encodes = true;
    private boolean decodes = true;

    @Override
    public byte[] encode(String value) {
      if (encodes) {
        return WORKING.encode(value);
      }
      throw new IllegalStateException("thrown by the test");
    }

    @Override
    public String decode(ByteBuffer bytes) {
      if (decodes) {
        return WORKING.decode(bytes);
      }
      throw new IllegalStateException("thrown by the test");
    }

    @Override
    public String fingerprint() {
      return WORKING.fingerprint();
    }

    @Override
    public boolean canonical() {
      return WORKING.canonical();
    }
  }

  // ---- of tables

  /** The memory of one is wrong: what it holds is no longer what it has taken in. */
  @Test
  void mended_versionThatOneHasLost_isCountedOnceAndBothAreEqual() {
    cluster.join("a", "b");
    sessions("a").insertMany(List.of(ALICE, BOB));
    cluster.run(Duration.ofMinutes(3)); // both have compared since they joined
    lose("b", ALICE.id());
    assertThat(sessions("b").contains(ALICE.id())).isFalse();

    cluster.run(Duration.ofMinutes(3));

    assertThat(sessions("a").dump()).isEqualTo(sessions("b").dump());
    long mended = sessions("a").status().mended() + sessions("b").status().mended();
    assertThat(mended).isEqualTo(1);
    assertThat(table("a").differences() + table("b").differences()).isEqualTo(1);
    assertThat(table("a").comparisons()).isGreaterThan(3);
  }

  /** Behind the protocol's back, as by a defect. */
  @SuppressWarnings("unchecked") // the only table
  private void lose(String node, String key) {
    LocalTable<?, ?> table = cluster.transport(node).runtime().tables().getFirst();
    try {
      Field field = LocalTable.class.getDeclaredField("store");
      field.setAccessible(true);
      SetStore<String, Session> store = (SetStore<String, Session>) field.get(table);
      store.set(key, Objects.requireNonNull(store.versions(key)).hash(), List.of());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the store of a table is elsewhere", e);
    }
  }

  @Test
  void linksAgain_frameThatWasLost_growsAndNothingIsMended() {
    cluster.join("a", "b");
    cluster.run(Duration.ofMinutes(3));
    cluster.network().lose(address("a"), address("b"), 1);

    sessions("a").insert(ALICE);
    cluster.run(Duration.ofMinutes(3));

    assertThat(table("b").linksAgain()).isEqualTo(1);
    assertRecords(List.of("a", "b"), ALICE);
    assertThat(sessions("a").status().mended() + sessions("b").status().mended()).isZero();
  }

  @Test
  void transfers_joinOfAFilledTable_countItsRecordsAndBytes() {
    cluster.start("a");
    sessions("a").insertMany(List.of(ALICE, BOB, CAROL));
    cluster.join("a", "b");

    assertThat(table("b").transfers()).isPositive();
    assertThat(table("b").transferredRecords()).isEqualTo(3);
    assertThat(table("b").transferredBytes()).isGreaterThan(3 * 5);
    assertThat(table("a").transferredRecords()).isZero();
    assertThat(table("b").differences()).isZero();
  }

  @Test
  void resolverFailures_resolverThrows_growWithTheConflict() {
    SetSpec<String, Session> spec =
        ClusterHarness.SESSIONS.resolver(
            records -> {
              throw new IllegalStateException("thrown by the test");
            });
    SetTable<String, Session> atA = cluster.start("a").open(spec);
    SetTable<String, Session> atB = cluster.start("b").open(spec);
    atA.insert(ALICE);
    atB.insert(ALEX);
    cluster.connect("a", "b");
    cluster.awaitJoined("a", "b");
    cluster.run(Duration.ofSeconds(1));

    assertThat(atA.lookup(ALICE.id())).isEqualTo(ALEX);
    aMomentLater();

    TableCounters counters = atA.status().counters();
    assertThat(counters.resolverFailures()).isPositive();
    assertThat(counters.conflicts()).isEqualTo(1);
  }

  @Test
  void listenerGaps_listenerIsTooSlow_grow() {
    CetsNode a = cluster.start("a");
    HeldExecutor blocked = new HeldExecutor();
    SetTable<String, Session> table = a.open(ClusterHarness.SESSIONS);
    table.listen(change -> {}, ListenerOptions.DEFAULTS.executor(blocked).maxEvents(1));
    table.insertMany(List.of(ALICE, BOB, CAROL));
    blocked.letGo();
    cluster.run(Duration.ofSeconds(1));
    blocked.letGo();

    assertThat(table.status().counters().listenerGaps()).isEqualTo(1);
  }
}
