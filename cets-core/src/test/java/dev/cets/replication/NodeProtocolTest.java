package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.LinkedAgain;
import dev.cets.replication.Event.NodeDown;
import dev.cets.replication.Event.NodeRefused;
import dev.cets.replication.Event.Reincarnated;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Net.Node;
import dev.cets.replication.Outcome.Applied;
import dev.cets.wire.Envelope;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeProtocolTest {
  private static final Duration SILENCE = Settings.DEFAULTS.silenceLimit();

  private final Net net = new Net();

  private Node joined(Node... nodes) {
    for (int i = 0; i < nodes.length; i++) {
      for (int j = 0; j < i; j++) {
        net.connect(nodes[j], nodes[i]);
      }
    }
    net.run();
    return nodes[0];
  }

  // ---- refusals

  @Test
  void connected_otherCluster_refusedOnBothSides() {
    Node a = net.node("a").open(false);
    Node b = net.node("b", "other", Settings.DEFAULTS, 0).open(false);

    net.connect(a, b);
    net.run();

    assertThat(net.end(a, b).closed()).contains("cluster");
    assertThat(a.told(NodeRefused.class).get(0).reason())
        .isEqualTo("the cluster is other there and test here");
    assertThat(b.told(NodeRefused.class)).isNotEmpty();
    assertThat(a.table().linkStates()).isEmpty();
  }

  @Test
  void connected_sameName_refused() {
    Node a = net.node("a").open(false);
    Node b = net.node("a").open(false);

    net.connect(a, b);
    net.run();

    assertThat(a.told(NodeRefused.class).get(0).reason())
        .contains("a node of the name a is running already");
    assertThat(a.core.peers()).isEmpty();
    assertThat(b.core.peers()).isEmpty();
  }

  @Test
  void connected_clocksTooFarApart_refused() {
    Node a = net.node("a").open(false);
    Node b = net.node("b", "test", Settings.DEFAULTS, 61_000).open(false);
    Node c = net.node("c", "test", Settings.DEFAULTS, -59_000).open(false);

    joined(a, b);
    joined(a, c);

    assertThat(a.told(NodeRefused.class).get(0).reason())
        .isEqualTo("the clocks are 61000 ms apart; 60000 ms are allowed");
    assertThat(a.linkWith(c)).isEqualTo(Replication.JOINED);
  }

  @Test
  void beat_clocksDriftedApart_closed() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);

    b.wallOffset = 61_000;
    net.live(Duration.ofSeconds(2));

    assertThat(a.core.peers()).isEmpty();
    assertThat(a.told(NodeRefused.class).get(0).reason()).contains("61000 ms apart");
  }

  private static Greeting greeting(int oldestVersion, String name, long start, long clockMillis) {
    return new Greeting(
        oldestVersion,
        Math.max(oldestVersion, Envelope.VERSION),
        "test",
        new Incarnation(name, start),
        clockMillis,
        Map.of(),
        0);
  }

  private FakeConnection greet(Node node, String name, Greeting greeting) {
    FakeConnection connection = new FakeConnection(name);
    node.core.connected(connection);
    node.core.received(connection, MessageCodec.encode(greeting));
    return connection;
  }

  @Test
  void greeting_versionNotSpokenHere_refused() {
    Node a = net.node("a").open(false);

    FakeConnection b = greet(a, "b", greeting(2, "b", Net.WALL << 16, Net.WALL));

    assertThat(b.closed()).isEqualTo("refused: the wire version is 2 there and 1 here");
  }

  @Test
  void greeting_nameOtherThanTheConnections_refused() {
    Node a = net.node("a").open(false);

    FakeConnection b = greet(a, "b", greeting(1, "c", Net.WALL << 16, Net.WALL));

    assertThat(b.closed()).contains("it calls itself b and c");
  }

  @Test
  void greeting_clockAtTheEndOfTime_refused() {
    for (long clock : List.of(Long.MIN_VALUE, Long.MAX_VALUE, Net.WALL + Long.MIN_VALUE, 0L)) {
      Node a = net.node("a").open(false);

      FakeConnection b = greet(a, "b", greeting(1, "b", Net.WALL << 16, clock));

      assertThat(b.closed()).as("clock %s", clock).contains("ms apart");
    }
  }

  // ---- incarnations

  @Test
  void greeting_startNotLaterThanOneKnown_startTakenAndItGoesBeyond() {
    Node a = net.node("a").open(false);
    long known = (Net.WALL + 50_000) << 16;
    FakeConnection before = greet(a, "b", greeting(1, "b", known, Net.WALL));
    a.core.disconnected(before, "it is over");
    Node b = net.node("b").open(false).write("k=1", "l=2");

    joined(a, b);

    assertThat(net.transcript).contains("a > b  start taken");
    assertThat(b.told(Reincarnated.class)).hasSize(1);
    assertThat(b.core.incarnation().start()).isGreaterThan(known);
    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(a.records()).containsExactly("k=1", "l=2");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void greeting_startThatIsGone_goesBeyondItWithItsRecords() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false).write("k=1", "l=2");
    long gone = b.core.incarnation().start() + 5;
    a.core.retire(Map.of("b", gone));

    joined(a, b);

    assertThat(b.core.incarnation().start()).isGreaterThan(gone);
    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(a.records()).containsExactly("k=1", "l=2");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  @Test
  void reincarnated_joinedWithOthers_recordsStayAndAreOwnedAnew() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b").open(false).write("l=2");
    joined(a, b);

    a.core.retire(Map.of("a", a.core.incarnation().start()));
    net.run();

    assertThat(a.records()).containsExactly("k=1", "l=2");
    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(b.state()).isEqualTo(a.state());
    assertThat(a.table().snapshot().live())
        .extracting(TableSnapshot.LiveVersion::origin)
        .contains(a.core.incarnation(), b.core.incarnation());
  }

  @Test
  void startTaken_lowerThanTheOwnStart_ignored() {
    Node a = net.node("a").open(false);
    FakeConnection b = greet(a, "b", greeting(1, "b", Net.WALL << 16, Net.WALL));
    Incarnation before = a.core.incarnation();

    a.core.received(b, MessageCodec.encode(new Message.StartTaken(before.start() - 1)));

    assertThat(a.core.incarnation()).isEqualTo(before);
  }

  @Test
  void startTaken_lastStartThereIs_startStaysPositive() {
    Node a = net.node("a").open(false);
    FakeConnection b = greet(a, "b", greeting(1, "b", Net.WALL << 16, Net.WALL));

    a.core.received(b, MessageCodec.encode(new Message.StartTaken(Long.MAX_VALUE)));

    assertThat(a.core.incarnation().start()).isPositive();
  }

  @Test
  void greeting_newerRunWhileTheOlderIsConnected_waitsForItsEnd() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false).write("k=1");
    joined(a, b);
    net.pass(Duration.ofSeconds(1));
    Node again = net.node("b").open(false);

    net.connect(a, again);
    net.run();
    assertThat(a.told(NodeRefused.class).get(0).reason())
        .isEqualTo("another node of this name is still connected");
    assertThat(a.records()).containsExactly("k=1");

    net.end(b, a).close("b ends");
    net.run();

    assertThat(a.records()).isEmpty();
    assertThat(a.store.hidden()).isZero();
    assertThat(a.linkWith(again)).isEqualTo(Replication.JOINED);
  }

  @Test
  void leaving_cleanly_recordsGoEverywhereAtOnce() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b").open(false).write("l=2");
    Node c = net.node("c").open(false);
    joined(a, b, c);

    a.core.leave();
    net.run();

    assertThat(b.records()).containsExactly("l=2");
    assertThat(b.store.hidden()).isZero();
    assertThat(b.state()).isEqualTo(c.state());
    assertThat(b.told(NodeDown.class)).containsExactly(new NodeDown("a", "it left"));
  }

  @Test
  void leaving_keptTable_recordsStay() {
    Node a = net.node("a").open(true).write("k=1");
    Node b = net.node("b").open(true);
    joined(a, b);

    a.core.leave();
    net.run();

    assertThat(b.records()).containsExactly("k=1");
  }

  @Test
  void disconnected_thenConnectedAgain_recordsHideAndShow() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b").open(false);
    joined(a, b);

    net.cut(a, b);
    net.run();
    assertThat(b.records()).isEmpty();
    assertThat(b.store.hidden()).isEqualTo(1);
    net.connect(a, b);
    net.run();

    assertThat(b.records()).containsExactly("k=1");
    assertThat(b.store.hidden()).isZero();
  }

  // ---- liveness

  @Test
  void tick_peerSilentTooLong_closed() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);

    net.live(SILENCE.minusSeconds(1), a);
    assertThat(a.told(NodeDown.class)).isEmpty();
    net.live(Duration.ofSeconds(2), a);

    assertThat(a.told(NodeDown.class)).containsExactly(new NodeDown("b", "silent for PT8S"));
    assertThat(net.end(a, b).closed()).isEqualTo("silent for PT8S");
  }

  @Test
  void tick_allBeat_nobodyIsClosed() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);

    net.live(SILENCE.multipliedBy(20));

    assertThat(a.told(NodeDown.class)).isEmpty();
    assertThat(a.told(LinkedAgain.class)).isEmpty();
  }

  @Test
  void tick_afterOwnLongPause_peersAreExcused() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    net.live(Duration.ofSeconds(1));

    net.pass(Duration.ofMinutes(5));
    a.tick();

    assertThat(a.told(NodeDown.class)).isEmpty();
  }

  @Test
  void tick_afterOwnLongPause_peerThatIsSilentFromThenOnIsClosedInTime() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    net.live(Duration.ofSeconds(1));

    net.pass(Duration.ofMinutes(5));
    b.tick(); // its last beat, which a reads before it ticks
    net.run();
    net.live(SILENCE.plusSeconds(2), a);

    assertThat(a.told(NodeDown.class)).hasSize(1);
  }

  // ---- holes and stale messages

  @Test
  void beat_writeWasLost_linksAgainAndHasIt() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    net.loses = delivery -> delivery.text().contains("writes");
    a.write("k=1");
    net.run();
    net.loses = delivery -> false;
    assertThat(b.records()).isEmpty();
    assertThat(a.outcomes).isEmpty();

    net.live(Duration.ofSeconds(2));

    assertThat(b.told(LinkedAgain.class)).hasSize(1);
    assertThat(b.told(LinkedAgain.class).get(0).reason()).isEqualTo("a write is missing");
    assertThat(b.records()).containsExactly("k=1");
    assertThat(a.outcomes).hasSize(1);
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  @Test
  void write_theOneBeforeWasLost_notAcknowledgedAndLinkedAgain() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    net.loses = delivery -> delivery.text().contains("k=1");
    a.write("k=1");
    net.loses = delivery -> false;
    a.write("l=2");
    net.run();

    assertThat(b.told(LinkedAgain.class)).hasSize(1);
    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void received_messageOfAnOlderLink_answeredWithStaleAndLinkedAgain() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    net.loses = delivery -> delivery.text().contains("hello");
    b.table().linkAgain(linkOf(b, a), "test");
    net.run();
    net.loses = delivery -> false;
    net.transcript.clear();

    a.write("k=1");
    net.run();

    assertThat(net.transcript).anyMatch(line -> line.startsWith("b > a  stale"));
    assertThat(b.told(Event.StaleRefused.class)).isNotEmpty();
    assertThat(a.told(LinkedAgain.class)).hasSize(1);
    assertThat(b.records()).containsExactly("k=1");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  private static Link<String, Note> linkOf(Node node, Node peer) {
    for (Link<String, Note> link : node.table().links().all()) {
      if (link.peer().name().equals(peer.name)) {
        return link;
      }
    }
    throw new AssertionError("no link");
  }

  @Test
  void tick_helloWasLost_helloAgain() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.loses = delivery -> delivery.text().contains("hello");
    joined(a, b);
    net.loses = delivery -> false;
    assertThat(a.linkWith(b)).isEqualTo("linking");

    net.live(Settings.DEFAULTS.progressLimit().plusSeconds(3));

    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  @Test
  void tick_acknowledgementsAreLost_linksAgainAndTheWriteIsCompleted() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    net.loses = delivery -> delivery.text().contains("ack ");
    a.write("k=1");
    net.live(Settings.DEFAULTS.progressLimit().minusSeconds(1));
    assertThat(a.outcomes).isEmpty();
    net.loses = delivery -> false;

    net.live(Duration.ofSeconds(3));

    assertThat(a.told(LinkedAgain.class)).hasSize(1);
    assertThat(a.outcomes).hasSize(1);
  }

  @Test
  void tick_anyMessageOfATransferIsLost_joinedInTheEnd() {
    for (String lost : List.of("pull 1", "base", "chunk 1", "end", "chunk taken")) {
      Net other = new Net();
      Node a = other.node("a").open(false).write("k=1", "l=2");
      Node b = other.node("b").open(false);
      other.loses = delivery -> delivery.text().contains(lost);
      other.connect(a, b);
      other.run();
      other.loses = delivery -> false;
      a.write("m=3");

      other.live(Settings.DEFAULTS.compareInterval().plusSeconds(30));

      assertThat(b.records()).as("without %s", lost).containsExactly("k=1", "l=2", "m=3");
      assertThat(a.state()).as("without %s", lost).isEqualTo(b.state());
      assertThat(b.linkWith(a)).as("without %s", lost).isEqualTo(Replication.JOINED);
    }
  }

  // ---- tables

  @Test
  void hello_tableNotOpenThere_joinedWhenItIsOpened() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b");
    joined(a, b);
    assertThat(a.linkWith(b)).isEqualTo(Replication.NO_SUCH_TABLE);
    assertThat(a.table().isJoinedWithAll()).isTrue();
    assertThat(b.core.unknownTables()).isEqualTo(Map.of("notes", List.of("a")));

    b.open(false);
    net.run();

    assertThat(b.records()).containsExactly("k=1");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(b.core.unknownTables()).isEmpty();
  }

  @Test
  void hello_otherDefinition_mismatchOnBothSides() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(true);
    joined(a, b);
    net.live(Duration.ofSeconds(30));

    assertThat(Replication.isMismatch(a.linkWith(b))).isTrue();
    assertThat(Replication.isMismatch(b.linkWith(a))).isTrue();
    assertThat(a.told(Event.Mismatch.class)).hasSize(1);
    assertThat(b.told(Event.Mismatch.class)).hasSize(1);
  }

  @Test
  void close_tableOfAPeer_writesNoLongerWaitForIt() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    joined(a, b);
    a.write("k=1");
    b.core.close("notes");
    net.run();

    a.write("l=2");
    net.run();

    assertThat(a.outcomes).hasSize(2);
    assertThat(a.outcomes.get(1)).isEqualTo(new Applied(Set.of("a"), Set.of(), 1));
    assertThat(a.linkWith(b)).isEqualTo(Replication.NO_SUCH_TABLE);
  }

  // ---- writes

  @Test
  void write_peerLeavesBeforeItAcknowledges_receiptSaysSo() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    Node c = net.node("c").open(false);
    joined(a, b, c);
    net.loses = delivery -> delivery.to() == b && delivery.frame() != null;
    a.write("k=1");
    net.run();
    assertThat(a.outcomes).isEmpty();

    net.cut(a, b);
    net.run();

    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a", "c"), Set.of("b"), 1));
  }

  @Test
  void write_afterAVersionOfTheFutureCameByATransfer_isLaterThanIt() {
    Node ahead = net.node("ahead", "test", Settings.DEFAULTS, 30_000).open(false).write("k=1");
    Node b = net.node("b").open(false);
    net.connect(ahead, b);
    while (b.table().snapshot().live().isEmpty()) {
      assertThat(net.step()).isTrue();
    }
    long there = b.table().snapshot().live().iterator().next().stamp();

    b.write("k=2");

    assertThat(b.table().snapshot().live().iterator().next().stamp()).isGreaterThan(there);
  }

  @Test
  void write_peerNotYetJoinedWithTheOrigin_versionStandsOnceOnEveryReplica() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    Node c = net.node("c").open(false);
    joined(a, c);
    net.connect(a, b);
    net.run();
    // b links with a again, and its pull stands still; then c tells it of a's write before a does
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] end");
    b.table().linkAgain(linkOf(b, a), "test");
    net.run();
    net.loses =
        delivery ->
            (delivery.from() == a && delivery.to() == b && delivery.text().contains("writes"))
                || (delivery.from() == c && delivery.text().contains("] end"));
    a.write("k=1");
    net.run();
    Net.Delivery write = lost(a, b);
    net.connect(b, c);
    net.run();
    assertThat(b.store.versions("k")).as("by c's transfer").isNotNull();
    net.loses = delivery -> false;
    deliver(b, a, write);
    net.run();

    LiveVersions<String, Note> live = b.store.versions("k");
    assertThat(live == null ? 0 : live.count()).isEqualTo(1);
  }

  private Net.Delivery lost(Node from, Node to) {
    List<ByteBuffer> sent = net.end(from, to).sent();
    ByteBuffer last = sent.get(sent.size() - 1);
    return new Net.Delivery(from, to, net.end(to, from), last.duplicate(), "");
  }

  private static void deliver(Node to, Node from, Net.Delivery delivery) {
    assertThat(delivery.from()).isSameAs(from);
    ByteBuffer frame = delivery.frame();
    assertThat(frame).isNotNull();
    if (frame != null) {
      to.core.received(delivery.end(), frame);
      to.core.flush();
    }
  }
}
