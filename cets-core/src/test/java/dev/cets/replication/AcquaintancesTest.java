package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Since when nodes are up or down, and nodes that come and go. */
class AcquaintancesTest {
  private static final Duration STEADY = Duration.ofSeconds(60);

  private final Net net = new Net();
  private final Node a = net.node("a").open(false);
  private final Node b = net.node("b").open(false);

  private PeerView view() {
    a.now();
    return a.core.peers().getFirst();
  }

  /** How long b waits for a link after it has come. */
  private Duration untilJoined() {
    net.connect(a, b);
    net.run();
    Duration waited = Duration.ZERO;
    while (!a.linkWith(b).equals(Replication.JOINED)) {
      assertThat(waited).isLessThan(Duration.ofSeconds(10));
      net.live(Duration.ofMillis(100));
      waited = waited.plusMillis(100);
    }
    return waited;
  }

  private void cut() {
    net.cut(a, b);
    net.run();
  }

  @Test
  void peers_upAndDownAndUp_tellSinceWhenAndWhy() {
    net.join(a, b);
    net.live(Duration.ofSeconds(3));
    assertThat(view().up()).isTrue();
    assertThat(view().forNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(view().address()).isEqualTo("b:7800");

    cut();
    net.live(Duration.ofSeconds(7));
    assertThat(view().up()).isFalse();
    assertThat(view().forNanos()).isEqualTo(Duration.ofSeconds(7).toNanos());
    assertThat(view().reason()).isEqualTo("cut");
    assertThat(a.told(Event.NodeDown.class))
        .containsExactly(new Event.NodeDown("b", "cut", Duration.ofSeconds(3).toNanos()));

    net.join(a, b);
    assertThat(view().up()).isTrue();
    assertThat(view().forNanos()).isZero();
    assertThat(a.told(Event.NodeUp.class))
        .extracting(Event.NodeUp::downNanos)
        .containsExactly(-1L, Duration.ofSeconds(7).toNanos());
  }

  @Test
  void forget_nodeThatIsDown_isNoLongerTold() {
    net.join(a, b);
    cut();

    a.core.forget("b");

    assertThat(a.core.peers()).isEmpty();
  }

  @Test
  void disconnected_moreThanAreRemembered_thoseThatWentFirstAreForgotten() {
    for (int i = 0; i <= Acquaintances.MOST_REMEMBERED; i++) {
      String name = "n" + i;
      FakeConnection connection = new FakeConnection(name);
      a.core.connected(connection);
      a.core.received(
          connection,
          MessageCodec.encode(
              new Message.Greeting(
                  1, 1, "test", new Incarnation(name, Net.WALL << 16), Net.WALL, Map.of(), 0)));
      a.core.disconnected(connection, "test");
    }

    assertThat(a.core.peers())
        .hasSize(Acquaintances.MOST_REMEMBERED)
        .extracting(PeerView::name)
        .contains("n1", "n1000")
        .doesNotContain("n0");
  }

  @Test
  void connected_peerThatComesAndGoes_isLinkedLaterEachTimeButNotTooLate() {
    List<Duration> waits = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      waits.add(untilJoined());
      net.live(Duration.ofSeconds(1));
      cut();
    }

    assertThat(waits)
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 0L, 1L, 2L, 4L, 5L, 5L, 5L);
    assertThat(a.told(Event.LinkedAgain.class)).isEmpty();
    assertThat(b.told(Event.LinkedAgain.class)).isEmpty();
  }

  @Test
  void connected_peerThatStayedForAWhile_isLinkedAtOnceAgain() {
    for (int i = 0; i < 5; i++) {
      untilJoined();
      cut();
    }
    untilJoined();
    net.live(STEADY);
    cut();

    assertThat(untilJoined()).isZero();
  }

  @Test
  void connected_peerThatWasAwayForLong_isLinkedAtOnceAgain() {
    for (int i = 0; i < 5; i++) {
      untilJoined();
      cut();
    }
    net.live(STEADY);

    assertThat(untilJoined()).isZero();
  }

  @Test
  void connected_onlyOneSideWaits_theOtherDoesNotTakeItsHelloForLost() {
    for (int i = 0; i < 6; i++) {
      net.connect(a, b);
      net.run();
      cut();
    }
    Node again = net.node("b").open(false); // it remembers nothing
    net.pass(Duration.ofSeconds(1));

    net.connect(a, again);
    net.live(Duration.ofSeconds(6));

    assertThat(a.linkWith(again)).isEqualTo(Replication.JOINED);
    assertThat(again.told(Event.LinkedAgain.class)).isEmpty();
  }
}
