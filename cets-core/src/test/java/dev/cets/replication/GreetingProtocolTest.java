package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.NodeDown;
import dev.cets.replication.Event.NodeRefused;
import dev.cets.replication.Event.Reincarnated;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Net.Node;
import dev.cets.wire.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is let in, and as what: refusals and incarnations. */
class GreetingProtocolTest {
  private final Net net = new Net();

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
    assertThat(a.table().figures().linkStates()).isEmpty();
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

    net.join(a, b);
    net.join(a, c);

    assertThat(a.told(NodeRefused.class).get(0).reason())
        .isEqualTo(
            "CLOCK_SKEW: the clocks are more than 60000 ms apart: %d ms since 1970 there and %d here",
            Net.WALL + 61_000, Net.WALL);
    assertThat(a.linkWith(c)).isEqualTo(Replication.JOINED);
  }

  @Test
  void beat_clocksDriftedApart_closed() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);

    b.wallOffset = 61_000;
    net.live(Duration.ofSeconds(2));

    assertThat(a.core.peers()).noneMatch(PeerView::up);
    assertThat(a.told(NodeRefused.class).get(0).reason()).contains("more than 60000 ms apart: ");
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

  @Test
  void greeting_startFarAheadOfTheClock_refused() {
    for (long start : List.of((Net.WALL << 16) * 2, HybridClock.LATEST)) {
      Node a = net.node("a").open(false);

      FakeConnection b = greet(a, "b", greeting(1, "b", start, Net.WALL));

      assertThat(b.closed()).contains("CLOCK_SKEW: a stamp is");
      assertThat(a.core.peers().stream().anyMatch(PeerView::up)).isFalse();
    }
  }

  @Test
  void startTaken_farAheadOfTheClock_connectionEndsAndTheNodeStaysWhatItIs() {
    Node a = net.node("a").open(false);
    FakeConnection b = greet(a, "b", greeting(1, "b", Net.WALL << 16, Net.WALL));
    Incarnation before = a.core.incarnation();

    a.core.received(b, MessageCodec.encode(new Message.StartTaken(HybridClock.LATEST)));

    assertThat(b.closed()).contains("CLOCK_SKEW");
    assertThat(a.core.incarnation()).isEqualTo(before);
  }

  @Test
  void restart_clockWentBack_startAndStampsGoBeyondThoseBefore() {
    Node a = net.node("a").open(true);
    Node b = net.node("b", "test", Settings.DEFAULTS, 50_000).open(true).write("k=1");
    net.join(a, b);
    net.cut(a, b);
    net.run();
    Incarnation before = b.core.incarnation();
    Node again = net.node("b", "test", Settings.DEFAULTS, -50_000).open(true);

    net.join(a, again);
    again.write("k=2");
    net.run();

    assertThat(again.core.incarnation().start()).isGreaterThan(before.start());
    assertThat(a.records()).containsExactly("k=2");
    assertThat(again.records()).containsExactly("k=2");
    assertThat(again.core.clock().next()).isGreaterThan((Net.WALL + 50_000) << 16);
  }

  // ---- incarnations

  @Test
  void greeting_startNotLaterThanOneKnown_startTakenAndItGoesBeyond() {
    Node a = net.node("a").open(false);
    long known = (Net.WALL + 50_000) << 16;
    FakeConnection before = greet(a, "b", greeting(1, "b", known, Net.WALL));
    a.core.disconnected(before, "it is over");
    Node b = net.node("b").open(false).write("k=1", "l=2");

    net.join(a, b);

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

    net.join(a, b);

    assertThat(b.core.incarnation().start()).isGreaterThan(gone);
    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(a.records()).containsExactly("k=1", "l=2");
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  @Test
  void reincarnated_joinedWithOthers_recordsStayAndAreOwnedAnew() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b").open(false).write("l=2");
    net.join(a, b);

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
  void greeting_newerRunWhileTheOlderIsConnected_waitsForItsEnd() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false).write("k=1");
    net.join(a, b);
    net.pass(Duration.ofSeconds(1));
    Node again = net.node("b").open(false);

    net.connect(a, again);
    net.run();
    assertThat(a.told(NodeRefused.class)).isEmpty();
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
    net.join(a, b, c);

    a.core.leave();
    net.run();

    assertThat(b.records()).containsExactly("l=2");
    assertThat(b.store.hidden()).isZero();
    assertThat(b.state()).isEqualTo(c.state());
    assertThat(b.told(NodeDown.class)).containsExactly(new NodeDown("a", "it left", 0));
  }

  @Test
  void leaving_keptTable_recordsStay() {
    Node a = net.node("a").open(true).write("k=1");
    Node b = net.node("b").open(true);
    net.join(a, b);

    a.core.leave();
    net.run();

    assertThat(b.records()).containsExactly("k=1");
  }

  @Test
  void disconnected_thenConnectedAgain_recordsHideAndShow() {
    Node a = net.node("a").open(false).write("k=1");
    Node b = net.node("b").open(false);
    net.join(a, b);

    net.cut(a, b);
    net.run();
    assertThat(b.records()).isEmpty();
    assertThat(b.store.hidden()).isEqualTo(1);
    net.connect(a, b);
    net.run();

    assertThat(b.records()).containsExactly("k=1");
    assertThat(b.store.hidden()).isZero();
  }
}
