package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records of nodes that are away: when they are let go of, and how they come back. */
class RetentionProtocolTest {
  private static final Duration RETENTION = Duration.ofMinutes(10);
  private static final TableOptions OPTIONS = new TableOptions(Duration.ZERO, RETENTION);
  private static final Duration TICK = Duration.ofMillis(100);

  private final Net net = new Net();

  private Node open(String name) {
    return open(name, Settings.DEFAULTS);
  }

  private Node open(String name, Settings settings) {
    Node node = net.node(name, "test", settings, 0).open(false, OPTIONS);
    node.now();
    return node;
  }

  private Node openWithoutRetention(String name) {
    return net.node(name).open(false, new TableOptions(Duration.ZERO, Duration.ZERO));
  }

  private static void writeMany(Node node, int count) {
    IntStream.range(0, count).forEach(i -> node.write("key" + i + "=" + i));
  }

  private void cut(Node a, Node b) {
    net.cut(a, b);
    net.run();
  }

  private List<String> said(String what) {
    return net.transcript.stream().filter(line -> line.contains(what)).toList();
  }

  // ---- when

  @Test
  void tick_awayForLessThanTheRetention_recordsAreHeldWhole() {
    Node a = open("a");
    Node b = open("b").write("k=1", "l=2");
    net.join(a, b);
    cut(a, b);
    a.tick();

    net.live(RETENTION.minus(TICK));
    assertThat(a.table().figures().bareVersions()).isZero();
    net.live(TICK);

    assertThat(a.table().figures().bareVersions()).isEqualTo(2);
    assertThat(a.told(Event.LetGo.class))
        .containsExactly(new Event.LetGo("notes", b.core.incarnation().toString(), 2));
  }

  @Test
  void tick_noRetention_recordsGoAtOnce() {
    Node a = openWithoutRetention("a");
    Node b = open("b").write("k=1");
    net.join(a, b);
    cut(a, b);

    a.tick();

    assertThat(a.table().figures().bareVersions()).isOne();
  }

  @Test
  void tick_graceLeft_theRetentionBeginsBehindIt() {
    Duration grace = Duration.ofMinutes(1);
    Node a = net.node("a").open(false, new TableOptions(grace, RETENTION));
    Node b = open("b").write("k=1");
    net.join(a, b);
    cut(a, b);

    net.live(grace.plus(RETENTION).minus(TICK));
    assertThat(a.table().figures().bareVersions()).isZero();
    net.live(TICK.multipliedBy(2));

    assertThat(a.table().figures().bareVersions()).isOne();
  }

  @Test
  void tick_manyRecords_fewGoAtOnce() {
    int records = 2 * Retention.MOST_LOOKED_AT + 1;
    Node a = open("a");
    Node b = open("b");
    writeMany(b, records);
    net.join(a, b);
    cut(a, b);
    a.tick();
    net.pass(RETENTION);

    a.tick();

    assertThat(a.table().figures().bareVersions()).isBetween(1, Retention.MOST_LOOKED_AT);
    for (int ticks = 0; a.table().figures().bareVersions() < records; ticks++) {
      assertThat(ticks).isLessThan(10);
      a.tick();
    }
  }

  @Test
  void tick_keptTable_nothingGoes() {
    Node a = net.node("a").open(true, new TableOptions(Duration.ZERO, Duration.ZERO));
    Node b = net.node("b").open(true, OPTIONS).write("k=1");
    net.join(a, b);
    cut(a, b);

    net.live(RETENTION);

    assertThat(a.table().figures().bareVersions()).isZero();
    assertThat(a.records()).containsExactly("k=1");
  }

  @Test
  void tick_ownRecords_stay() {
    Node a = open("a").write("k=1");

    net.live(RETENTION.multipliedBy(2));

    assertThat(a.table().figures().bareVersions()).isZero();
    assertThat(a.records()).containsExactly("k=1");
  }

  @Test
  void tick_recordsOfAnAwayNodeComeByAThird_goToo() {
    Node a = open("a");
    Node b = open("b").write("k=1");
    Node c = open("c");
    net.join(b, c);
    cut(b, c);
    net.join(a, c);
    assertThat(a.state()).isEqualTo(c.state());
    assertThat(a.table().figures().bareVersions()).isZero();

    net.live(RETENTION.plus(TICK));

    assertThat(a.table().figures().bareVersions()).isOne();
  }

  // ---- back

  @Test
  void join_ownerBackBeforeTheRetention_noRecordTravels() {
    Node a = open("a");
    Node b = open("b").write("k=1", "l=2");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.minusSeconds(1));
    net.transcript.clear();

    net.join(a, b);

    assertThat(said("fetch")).isEmpty();
    assertThat(said("chunk ")).isEmpty();
    assertThat(a.records()).containsExactly("k=1", "l=2");
  }

  @Test
  void join_ownerBackAfterTheRetention_itsRecordsTravelAndNoOthers() {
    Node a = open("a").write("a=0");
    Node b = open("b").write("k=1", "l=2");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    assertThat(a.records()).containsExactly("a=0");
    net.transcript.clear();

    net.join(a, b);

    assertThat(said("fetch"))
        .extracting(line -> line.replaceAll(", seen.*", ""))
        .containsExactlyInAnyOrder(
            "a > b  [2<2] fetch [k b+1, l b+2]",
            "b > a  [2<2] fetched [k[b+1], l[b+2]]",
            "b > a  [2<2] fetch [a a+1]",
            "a > b  [2<2] fetched [a[a+1]]");
    assertThat(said("chunk ")).isEmpty();
    assertThat(a.records()).containsExactly("a=0", "k=1", "l=2");
    assertThat(a.table().figures().bareVersions()).isZero();
    assertThat(a.store.size()).isEqualTo(3);
  }

  @Test
  void join_manyRecordsInSmallAnswers_allAreShownInOneStep() {
    Node a = open("a", Settings.DEFAULTS.withChunkBytes(100));
    Node b = open("b", Settings.DEFAULTS.withChunkBytes(100));
    writeMany(b, 500);
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    net.transcript.clear();
    net.connect(a, b);

    do {
      assertThat(a.store.size()).isIn(0, 500);
      assertThat(said("fetch [").size() - said("fetched [").size()).isLessThanOrEqualTo(4);
    } while (net.step());

    assertThat(a.records()).hasSize(500);
    assertThat(said("fetch [").size()).isGreaterThan(20);
  }

  @Test
  void join_ownerChangedThingsMeanwhile_whatIsDeadIsNotFetched() {
    Node a = open("a");
    Node b = open("b").write("k=1", "l=2", "m=3");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    b.write("k=4", "l", "n=5");
    net.transcript.clear();

    net.join(a, b);

    assertThat(said("> b  [2<2] fetch [")).containsExactly("a > b  [2<2] fetch [m b+3]");
    assertThat(a.records()).containsExactly("k=4", "m=3", "n=5");
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void join_bareRecordWasOverwrittenHere_theLaterStands() {
    Node a = open("a");
    Node b = open("b").write("k=1", "l=2");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));

    a.write("k=9", "l");
    assertThat(a.table().figures().bareVersions()).isZero();
    net.join(a, b);

    assertThat(a.records()).containsExactly("k=9");
    assertThat(b.records()).containsExactly("k=9");
  }

  @Test
  void join_ownerIsLostInTheMiddleOfIt_staysHiddenAndComesWholeTheNextTime() {
    Node a = open("a", Settings.DEFAULTS.withChunkBytes(1));
    Node b = open("b", Settings.DEFAULTS.withChunkBytes(1));
    writeMany(b, 20);
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    net.connect(a, b);
    while (a.table().figures().bareVersions() > 10) {
      assertThat(net.step()).isTrue();
    }

    cut(a, b);
    assertThat(a.records()).isEmpty();
    assertThat(a.table().figures().bareVersions()).isBetween(1, 10);
    net.join(a, b);

    assertThat(a.records()).hasSize(20);
  }

  @Test
  void tick_ownerWasBackForAMoment_theRetentionBeginsAnew() {
    Node a = open("a");
    Node b = open("b").write("k=1");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.minusSeconds(1));
    net.loses = delivery -> delivery.text().contains("hello");
    net.connect(a, b);
    net.run();
    a.tick();
    cut(a, b);

    net.live(RETENTION.minusSeconds(1));

    assertThat(a.table().figures().bareVersions()).isZero();
  }

  // ---- with a third

  @Test
  void join_withANodeThatLetGo_theVersionsComeBareAndReplicasAreEqual() {
    Node a = open("a");
    Node b = open("b").write("k=1", "l=2");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));

    Node c = open("c");
    net.join(a, c);

    assertThat(c.state()).isEqualTo(a.state());
    assertThat(c.table().figures().bareVersions()).isEqualTo(2);
    assertThat(c.records()).isEmpty();
    net.transcript.clear();
    a.table().compare();
    c.table().compare();
    net.run();
    assertThat(said("chunk ")).isEmpty();
  }

  @Test
  void join_ownerComesToANodeThatNeverHadItsRecords_theyAreFetched() {
    Node a = open("a");
    Node b = open("b").write("k=1", "l=2");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    Node c = open("c");
    net.join(a, c);

    net.join(b, c);

    assertThat(c.records()).containsExactly("k=1", "l=2");
    assertThat(a.records()).as("which does not see the owner").isEmpty();
    net.join(a, b);
    assertThat(a.records()).containsExactly("k=1", "l=2");
    assertThat(a.state()).isEqualTo(c.state()).isEqualTo(b.state());
  }

  @Test
  void fetch_fromOneThatLetGo_isAnsweredWithoutTheRecord() {
    Node a = open("a");
    Node b = open("b").write("k=1");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    Node c = open("c");
    net.join(a, c);
    VersionStore<String, Note> held = a.table().intake().store();
    LiveVersions<String, Note> live = held.versions("k");
    long stamp = live == null ? 0 : live.version(0).stamp();
    net.transcript.clear();

    c.linkTo(a)
        .send(
            new LinkMessage.Fetch<>(
                7, List.of(new KeyVersion<>("k", Note.hash("k"), b.core.incarnation(), stamp))));
    net.run();

    assertThat(said("fetched")).singleElement().asString().contains("[k[b+1 bare]]");
    assertThat(c.records()).isEmpty();
  }

  /** What is shown here of the owner, whose link begins anew, would go, and come back. */
  @Test
  void join_withANodeThatLetGoOfWhatIsShownHere_waitsForTheOwner() {
    Node a = openWithoutRetention("a");
    Node b = open("b").write("k=1");
    Node c = open("c");
    net.join(a, b, c);
    cut(a, c);
    net.loses = delivery -> delivery.from() == b && delivery.to() == c;
    b.write("k=2");
    net.run();
    cut(a, b);
    a.tick();
    assertThat(a.table().figures().bareVersions()).isOne();
    c.table().linkAgain(c.linkTo(b), "test");
    net.run();
    net.connect(a, c);
    net.run();
    assertThat(c.records()).containsExactly("k=1");
    assertThat(c.linkWith(a)).isEqualTo("joining");

    net.loses = delivery -> false;
    List<List<String>> seen = new ArrayList<>();
    while (!c.linkWith(b).equals(Replication.JOINED) || !c.linkWith(a).equals(Replication.JOINED)) {
      assertThat(seen).hasSizeLessThan(200);
      net.live(TICK);
      seen.add(c.records());
    }

    assertThat(seen).doesNotContain(List.of());
    assertThat(seen.getLast()).containsExactly("k=2");
  }

  /** Each of two links has what only the other's owner can complete: none waits for ever. */
  @Test
  void join_withTwoThatLetGoOfEachOthersRecords_bothAreJoined() {
    Node a = openWithoutRetention("a").write("k=1");
    Node b = openWithoutRetention("b").write("l=1");
    Node c = open("c");
    net.join(a, b, c);
    net.loses = delivery -> delivery.to() == c;
    a.write("k=2");
    b.write("l=2");
    net.run();
    cut(a, b);
    a.tick();
    b.tick();
    net.loses = delivery -> delivery.to() == c && delivery.text().contains("] end");
    c.table().linkAgain(c.linkTo(a), "test");
    c.table().linkAgain(c.linkTo(b), "test");
    net.run();
    assertThat(c.table().snapshot().live()).hasSize(2);
    net.loses = delivery -> false;

    net.live(Duration.ofSeconds(15));

    assertThat(c.linkWith(a)).isEqualTo(Replication.JOINED);
    assertThat(c.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(c.records()).containsExactly("k=2", "l=2");
  }

  @Test
  void join_ownerAsANewRun_nothingIsLeft() {
    Node a = open("a");
    Node b = open("b").write("k=1");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    net.pass(Duration.ofSeconds(1));

    Node again = open("b");
    net.join(a, again);

    assertThat(a.table().figures().bareVersions()).isZero();
    assertThat(a.table().snapshot().live()).isEmpty();
  }

  // ---- conflicts

  @Test
  void conflict_oneOfTheVersionsIsBare_isToldWhenItsRecordIsThere() {
    Node a = open("a");
    Node b = open("b").write("k=1");
    net.join(a, b);
    cut(a, b);
    net.live(RETENTION.plus(TICK));
    Node c = open("c").write("k=2");

    net.join(a, c);
    net.live(Duration.ofSeconds(1));
    assertThat(a.table().snapshot().live()).hasSize(2);
    assertThat(a.told(Event.Conflict.class)).isEmpty();
    assertThat(a.records()).containsExactly("k=2");

    net.join(a, b);
    net.live(Duration.ofSeconds(1));
    assertThat(a.told(Event.Conflict.class))
        .singleElement()
        .satisfies(told -> assertThat(told.latestFirst()).hasSize(2).noneMatch(Version::isBare));
    assertThat(a.store.size()).isOne();
  }
}
