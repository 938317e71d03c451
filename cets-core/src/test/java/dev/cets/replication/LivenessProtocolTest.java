package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.LinkedAgain;
import dev.cets.replication.Event.NodeDown;
import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that fall silent, and messages that are lost. */
class LivenessProtocolTest {
  private static final Duration SILENCE = Settings.DEFAULTS.silenceLimit();

  /** A key in a chunk, and one chunk on its way at a time. */
  private static final Settings SLOW_TRANSFERS =
      Settings.DEFAULTS.withChunkBytes(1).withChunksInFlight(1);

  private final Net net = new Net();

  // ---- liveness

  @Test
  void tick_peerSilentTooLong_closed() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);

    net.live(SILENCE.minusSeconds(1), a);
    assertThat(a.told(NodeDown.class)).isEmpty();
    net.live(Duration.ofSeconds(2), a);

    assertThat(a.told(NodeDown.class))
        .containsExactly(new NodeDown("b", "silent for 8 s", 8_100_000_000L));
    assertThat(net.end(a, b).closed()).isEqualTo("silent for 8 s");
  }

  @Test
  void tick_allBeat_nobodyIsClosed() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);

    net.live(SILENCE.multipliedBy(20));

    assertThat(a.told(NodeDown.class)).isEmpty();
    assertThat(a.told(LinkedAgain.class)).isEmpty();
  }

  @Test
  void tick_afterOwnLongPause_peersAreExcused() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
    net.live(Duration.ofSeconds(1));

    net.pass(Duration.ofMinutes(5));
    a.tick();

    assertThat(a.told(NodeDown.class)).isEmpty();
  }

  @Test
  void tick_afterOwnLongPause_peerThatIsSilentFromThenOnIsClosedInTime() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
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
    net.join(a, b);
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
    net.join(a, b);
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
    net.join(a, b);
    net.loses = delivery -> delivery.text().contains("hello");
    b.table().linkAgain(b.linkTo(a), "test");
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

  @Test
  void tick_helloWasLost_helloAgain() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.loses = delivery -> delivery.text().contains("hello");
    net.join(a, b);
    net.loses = delivery -> false;
    assertThat(a.linkWith(b)).isEqualTo("linking");

    net.live(Settings.DEFAULTS.progressLimit().plusSeconds(3));

    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  @Test
  void tick_acknowledgementsAreLost_linksAgainAndTheWriteIsCompleted() {
    Node a = net.node("a").open(false);
    Node b = net.node("b").open(false);
    net.join(a, b);
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

  @Test
  void join_oneChunkIsLostAndAnotherComesTwice_nothingIsMissing() {
    Node a =
        net.node("a", "test", Settings.DEFAULTS.withChunkBytes(1), 0)
            .open(false)
            .write("k=1", "l=2", "m=3");
    Node b = net.node("b").open(false);
    net.loses = delivery -> delivery.text().contains("chunk") && delivery.text().contains("k[a");
    net.repeats = delivery -> delivery.text().contains("chunk") && delivery.text().contains("l[a");
    net.connect(a, b);
    for (int steps = 0; steps < 100 && b.told(LinkedAgain.class).isEmpty(); steps++) {
      net.step();
    }
    assertThat(b.told(LinkedAgain.class)).hasSize(1);
    net.loses = delivery -> false;

    net.run();

    assertThat(b.records()).containsExactly("k=1", "l=2", "m=3");
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void join_everyMessageOfTheTransferComesTwice_joinedOnce() {
    Node a = net.node("a").open(false).write("k=1", "l=2");
    Node b = net.node("b").open(false).write("m=3");
    net.repeats =
        delivery -> delivery.text().matches(".*](?!.*hello).*(pull|base|chunk|end|confirm).*");
    net.connect(a, b);
    net.run();

    assertThat(b.records()).containsExactly("k=1", "l=2", "m=3");
    assertThat(a.state()).isEqualTo(b.state());
    assertThat(a.told(LinkedAgain.class)).isEmpty();
    assertThat(b.told(LinkedAgain.class)).isEmpty();
  }

  /** Steps until a link is open in both directions, and its pulls are under way. */
  private void untilPullsAreServed(Node a, Node b) {
    net.connect(a, b);
    for (int bases = 0; bases < 2 && net.step(); ) {
      bases = (int) net.transcript.stream().filter(line -> line.contains("base")).count();
    }
    assertThat(b.linkWith(a)).isEqualTo("joining");
  }

  private boolean isAnyAcknowledged() {
    return net.transcript.stream().anyMatch(line -> line.contains("] ack "));
  }

  @Test
  void write_firstOfALinkIsLostWhileItJoins_theNextIsNotAcknowledgedAndLinkedAgain() {
    Node a = net.node("a", "test", SLOW_TRANSFERS, 0).open(false).write("i=0", "j=0");
    Node b = net.node("b").open(false);
    untilPullsAreServed(a, b);
    net.loses = delivery -> delivery.text().contains("k=1");
    a.write("k=1");
    net.loses = delivery -> false;
    a.write("l=2");
    while (b.told(LinkedAgain.class).isEmpty() && net.step()) {
      assertThat(b.linkWith(a)).isNotEqualTo(Replication.JOINED);
      assertThat(isAnyAcknowledged()).isFalse();
    }
    assertThat(b.records()).doesNotContain("l=2"); // it came, and was not taken in
    net.run();

    assertThat(b.told(LinkedAgain.class)).hasSize(1);
    assertThat(b.records()).containsExactly("i=0", "j=0", "k=1", "l=2");
    assertThat(a.state()).isEqualTo(b.state());
  }

  @Test
  void write_oneIsLostWhileItsLinkJoins_theNextIsNotAcknowledged() {
    Node a = net.node("a", "test", SLOW_TRANSFERS, 0).open(false).write("i=0", "j=0");
    Node b = net.node("b").open(false);
    untilPullsAreServed(a, b);
    net.loses = delivery -> delivery.text().contains("end ");
    a.write("k=1");
    net.run();
    net.transcript.clear();
    net.loses = delivery -> delivery.text().contains("l=2");
    a.write("l=2");
    a.write("m=3");
    net.loses = delivery -> delivery.text().contains("hello");
    net.run();
    assertThat(b.told(LinkedAgain.class)).hasSize(1);
    assertThat(isAnyAcknowledged()).isFalse();
    net.loses = delivery -> false;

    net.live(Settings.DEFAULTS.progressLimit().plusSeconds(3));

    assertThat(b.records()).containsExactly("i=0", "j=0", "k=1", "l=2", "m=3");
    assertThat(a.state()).isEqualTo(b.state());
  }
}
