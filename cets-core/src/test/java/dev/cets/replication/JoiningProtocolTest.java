package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Delivery;
import dev.cets.replication.Net.Node;
import dev.cets.replication.Outcome.Applied;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What is between a link that opens and one that is joined, and whom writes wait for meanwhile. */
class JoiningProtocolTest {
  private static final Settings ONE_BATCH = Settings.DEFAULTS.withBatchesInFlight(1);

  private final Net net = new Net();
  private final Node a = net.node("a", "test", ONE_BATCH, 0).open(false);
  private final Node b = net.node("b").open(false);

  private static Predicate<Delivery> said(Node by, String text) {
    return delivery -> delivery.from() == by && delivery.text().contains("] " + text);
  }

  @Test
  void write_peerIsPulling_isCompleteWithoutItAndReachesIt() {
    a.write("k=1");
    net.loses = said(a, "end"); // b's pull has no end
    net.join(a, b);

    a.outcomes.clear();
    a.write("l=2");
    net.run();

    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a"), Set.of(), 1));
    assertThat(b.store.versions("l")).isNotNull();
    assertThat(a.linkWith(b)).isEqualTo("joining");
  }

  @Test
  void join_writesWereCompleteWithoutIt_isJoinedWhenTheyHaveCome() {
    net.loses = said(b, "ack").or(said(a, "end"));
    net.join(a, b);
    a.write("k=1", "l=2"); // the second is complete, and waits for room on the link
    net.loses = said(b, "ack");

    endOfPull();

    assertThat(net.transcript).contains("b > a  [1<1] pulled", "a > b  [1<1] awaited after +2");
    assertThat(b.records()).containsExactly("k=1");
    assertThat(b.linkTo(a).isJoined()).isFalse();

    net.loses = delivery -> false;
    again(b, a, "ack +1");

    assertThat(b.records()).containsExactly("k=1", "l=2");
    assertThat(b.linkTo(a).isJoined()).isTrue();
    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
  }

  /** The one that was lost. */
  private void endOfPull() {
    again(a, b, "end");
  }

  /** What one has sent to the other, and was lost, comes now. */
  private void again(Node from, Node to, String text) {
    List<ByteBuffer> sent = net.end(from, to).sent();
    for (ByteBuffer frame : sent) {
      if (Transcript.text(frame.duplicate(), from.core.incarnation()).contains("] " + text)) {
        to.now();
        to.core.received(net.end(to, from), frame.duplicate());
        to.core.flush();
        net.run();
        return;
      }
    }
    throw new AssertionError(from.name + " has not said " + text);
  }

  @Test
  void write_peerHasPulledAndNotJoined_waitsForIt() {
    net.loses = said(b, "joined").or(said(b, "ack"));
    net.join(a, b);
    assertThat(a.linkTo(b).isPeerJoined()).isFalse();

    a.write("k=1");
    net.run();

    assertThat(a.outcomes).isEmpty();
    net.loses = delivery -> false;
    again(b, a, "ack +1");
    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a", "b"), Set.of(), 1));
  }

  @Test
  void beat_wordOfThePullWasLost_saysItAgain() {
    net.loses = said(b, "pulled");
    net.join(a, b);
    assertThat(a.linkWith(b)).isEqualTo("joining");
    net.loses = delivery -> false;

    net.live(Duration.ofSeconds(2));

    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(b.linkWith(a)).isEqualTo(Replication.JOINED);
  }

  @Test
  void beat_answerToThatWasLost_isAnsweredAgain() {
    net.loses = said(a, "awaited");
    net.join(a, b);
    assertThat(b.linkWith(a)).isEqualTo("joining");
    net.loses = delivery -> false;

    net.live(Duration.ofSeconds(2));

    assertThat(b.linkWith(a)).isEqualTo(Replication.JOINED);
  }

  @Test
  void write_linkBeganAnewOverTheSameConnection_waitsForThePeerAsBefore() {
    net.join(a, b);
    net.loses = said(a, "end").or(said(b, "ack"));
    b.table().linkAgain(b.linkTo(a), "test");
    net.run();

    a.write("k=1");
    net.run();

    assertThat(a.outcomes).isEmpty();
    net.loses = delivery -> false;
    again(b, a, "ack +1");
    assertThat(a.outcomes).containsExactly(new Applied(Set.of("a", "b"), Set.of(), 1));
  }
}
