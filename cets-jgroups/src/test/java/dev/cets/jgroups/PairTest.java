package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.jgroups.UnreliableChannel.Member;
import dev.cets.spi.Transport.Connection;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The state table of {@link Pair}, row by row, in virtual time. */
class PairTest {
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(40);

  private final UnreliableChannel channel = new UnreliableChannel(1);
  private final Member a = channel.join("a");
  private final Member b = channel.join("b");

  @AfterEach
  void nothingWasWrong() {
    channel.members().forEach(member -> assertThat(member.told.wrong).isEmpty());
  }

  private Connection connect() {
    channel.fullView();
    channel.run(Duration.ofSeconds(1));
    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).hasSize(1);
    assertThat(a.told.received).isEqualTo(1);
    assertThat(b.told.received).isEqualTo(1);
    return a.told.open.get(0);
  }

  private void assertConnectedAgain(String reasonAtA, String reasonAtB) {
    assertThat(a.told.ends).containsExactly(reasonAtA);
    assertThat(b.told.ends).containsExactly(reasonAtB);
    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).hasSize(1);
    a.on(() -> a.told.sendOnAll(10, 100));
    b.on(() -> b.told.sendOnAll(10, 100));
    channel.run(SHORT);
    assertThat(a.told.received).isGreaterThanOrEqualTo(10);
    assertThat(b.told.received).isGreaterThanOrEqualTo(10);
  }

  @Test
  void members_ofOneView_areConnectedOnceAndNamed() {
    Connection connection = connect();

    assertThat(connection.peerName()).isEqualTo("b");
    assertThat(b.told.open.get(0).peerName()).isEqualTo("a");
  }

  @Test
  void hello_fromOneSideOnly_connectsBoth() {
    a.view(channel.others(a));
    channel.run(SHORT);

    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).hasSize(1);
  }

  @Test
  void hello_memberThatDoesNotAnswer_isSaidEverMoreSeldomAndStillHeardLater() {
    int[] hellos = {0};
    channel.lost =
        (from, to) -> {
          hellos[0]++;
          return true;
        };
    a.view(channel.others(a));
    channel.run(Duration.ofMinutes(5));
    assertThat(hellos[0]).isBetween(15, 40);

    channel.lost = (from, to) -> false;
    channel.run(LONG);

    assertThat(a.told.open).hasSize(1);
  }

  @Test
  void hello_someAreLost_connectsOnce() {
    int[] count = {0};
    channel.lost = (from, to) -> ++count[0] <= 7;

    channel.fullView();
    channel.run(Duration.ofSeconds(10));

    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).hasSize(1);
  }

  @Test
  void view_withoutThePeer_staysConnectedWhileItAnswers() {
    connect();
    for (int i = 0; i < 20; i++) {
      a.view(Set.of());
      channel.run(Duration.ofSeconds(2));
      a.on(() -> a.told.sendOnAll(1, 10));
      if (i % 2 == 0) {
        a.view(channel.others(a));
      }
    }
    channel.run(SHORT);

    assertThat(a.told.ends).isEmpty();
    assertThat(b.told.ends).isEmpty();
    assertThat(b.told.received).isEqualTo(21);
  }

  @Test
  void view_withoutAPeerThatIsSilent_disconnectsAfterSomeQuestions() {
    connect();
    channel.lost = (from, to) -> true;
    a.view(Set.of());
    long asked = Doubt.MAX_QUESTIONS * Doubt.QUESTION_NANOS;

    channel.run(Duration.ofNanos(asked - 1_000_000));
    assertThat(a.told.ends).isEmpty();
    channel.run(Duration.ofMillis(10));

    assertThat(a.told.ends).containsExactly("left the channel's view, and does not answer");
    assertThat(b.told.ends).isEmpty();
  }

  @Test
  void silence_withoutADoubt_isNotTheEnginesConcern() {
    connect();
    channel.lost = (from, to) -> true;

    channel.run(Duration.ofMinutes(10));

    assertThat(a.told.ends).isEmpty();
  }

  @Test
  void suspicion_answerOfAnEarlierDoubt_doesNotClearIt() {
    connect();
    a.on(() -> a.board().suspected(b.address, "socket closed"));
    channel.run(SHORT);
    assertThat(a.told.ends).isEmpty();
    channel.doubled = 0;
    channel.lost = (from, to) -> to.equals(b); // what b says itself still comes
    a.on(() -> a.board().suspected(b.address, "socket closed"));
    b.on(() -> b.told.sendOnAll(5, 10));
    channel.run(Duration.ofSeconds(4));

    assertThat(a.told.ends).containsExactly("socket closed, and does not answer");
  }

  @Test
  void refusal_whileInDoubt_disconnectsAtOnce() {
    connect();
    channel.lost = (from, to) -> true;
    a.on(() -> a.board().gone(b.address, "connection refused"));
    channel.run(Duration.ofMillis(1));
    assertThat(a.told.ends).isEmpty();

    a.on(() -> a.board().gone(b.address, "connection refused"));
    channel.run(Duration.ofMillis(1));

    assertThat(a.told.ends).containsExactly("connection refused");
  }

  @Test
  void piece_lost_endsTheConnectionForBothAndAnotherBegins() {
    connect();
    channel.lost = (from, to) -> true;
    a.on(() -> a.told.sendOnAll(1, 100));
    channel.run(SHORT);
    channel.lost = (from, to) -> false;
    a.on(() -> a.told.sendOnAll(1, 100));
    channel.run(Duration.ofSeconds(1));

    assertConnectedAgain("closed by the peer: 1 messages were lost", "1 messages were lost");
  }

  @Test
  void lastPiece_lost_isNoticedSoon() {
    connect();
    channel.lost = (from, to) -> true;
    a.on(() -> a.told.sendOnAll(1, 100));
    channel.run(SHORT);
    channel.lost = (from, to) -> false;
    channel.run(Duration.ofSeconds(3));

    assertConnectedAgain("closed by the peer: 1 messages were lost", "1 messages were lost");
  }

  @Test
  void silence_withNothingToSend_costsNoMessages() {
    connect();
    channel.run(Duration.ofSeconds(5));
    int[] messages = {0};
    channel.lost =
        (from, to) -> {
          messages[0]++;
          return false;
        };

    channel.run(Duration.ofMinutes(10));

    assertThat(messages[0]).isZero();
  }

  @Test
  void restart_atTheSameAddress_isAnotherConnection() {
    connect();
    b.restart();
    channel.run(Duration.ofSeconds(1));

    assertThat(a.told.ends).containsExactly("the peer began anew");
    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).hasSize(1);
  }

  @Test
  void restart_thatDoesNotGreet_isNoticedByWhatIsSentToIt() {
    connect();
    b.view(Set.of());
    b.restart();
    a.on(() -> a.told.sendOnAll(1, 1));
    channel.run(Duration.ofSeconds(1));

    assertThat(a.told.ends).containsExactly("closed by the peer: not connected at the other end");
    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).hasSize(1);
  }

  @Test
  void close_withFramesBefore_deliversThemAndBothConnectAgain() {
    Connection first = connect();
    a.on(
        () -> {
          a.told.sendOnAll(100, 100_000);
          first.close("for the test");
          first.send(ByteBuffer.allocate(16));
        });
    channel.run(Duration.ofSeconds(2));

    assertThat(b.told.received).isGreaterThan(10);
    assertConnectedAgain("for the test", "closed by the peer: for the test");
  }

  @Test
  void close_peerDoesNotAnswer_isOverAfterASecond() {
    Connection first = connect();
    channel.lost = (from, to) -> true;
    a.on(() -> first.close("for the test"));
    channel.run(Duration.ofMillis(1_500));
    channel.lost = (from, to) -> false;
    channel.run(Duration.ofSeconds(3));

    assertConnectedAgain("for the test", "the peer began anew");
  }

  @Test
  void close_nodeThatHasNotHeardThatItIsConnected_thePeerIsTold() {
    AtomicInteger sent = new AtomicInteger();
    channel.lost = (from, to) -> from == a && sent.incrementAndGet() > 1; // all but its first hello
    channel.fullView();
    channel.run(SHORT);
    assertThat(a.told.open).hasSize(1);
    assertThat(b.told.open).isEmpty();

    b.on(() -> b.board().close(() -> {}));
    channel.lost = (from, to) -> false;
    channel.run(SHORT);

    assertThat(a.told.ends).containsExactly("closed by the peer: the node was closed");
  }

  @Test
  void close_bySidesAtOnce_connectsAgainOnce() {
    Connection ofA = connect();
    Connection ofB = b.told.open.get(0);
    a.on(() -> ofA.close("a"));
    b.on(() -> ofB.close("b"));
    channel.run(Duration.ofSeconds(2));

    assertConnectedAgain("a", "b");
  }

  @Test
  void close_connectedAgainWithinTheTurn_theEndIsToldBefore() {
    Connection first = connect();
    a.view(Set.of());
    b.view(Set.of());
    channel.run(SHORT);

    b.on(
        () -> {
          channel.inOneTurn(() -> first.close("for the test"));
          channel.inOneTurn(() -> b.board().members(channel.others(b)));
        });
    channel.run(SHORT);

    assertConnectedAgain("for the test", "closed by the peer: for the test");
  }

  @Test
  void channel_connectedAgain_isAnotherConnectionOfTheSameRun() {
    connect();
    b.on(() -> b.board().channelEnded("the channel was disconnected"));
    channel.run(SHORT);
    b.reconnect();
    b.view(channel.others(b));
    channel.run(Duration.ofSeconds(1));

    assertConnectedAgain("the peer's channel began anew", "the channel was disconnected");
  }

  @Test
  void channelEnded_connections_end() {
    connect();
    a.on(() -> a.board().channelEnded("the channel was closed"));
    channel.run(SHORT);

    assertThat(a.told.ends).containsExactly("the channel was closed");
  }

  @Test
  void frames_moreThanIsReadFor_endTheConnection() {
    Connection connection = connect();
    channel.lost = (from, to) -> true;
    a.on(
        () -> {
          for (int i = 0; i < 5; i++) {
            connection.send(ByteBuffer.allocate(16 * 1024 * 1024));
          }
        });
    channel.run(SHORT);

    assertThat(a.told.ends)
        .containsExactly("more than 67108864 bytes wait; the peer reads too slowly");
  }

  @Test
  void peers_moreThanAreKept_areNotAnswered() {
    for (int i = 0; i < Switchboard.MAX_PEERS + 10; i++) {
      channel.join("n" + i);
    }
    a.view(channel.others(a));
    channel.run(Duration.ofSeconds(1));

    assertThat(a.told.open).hasSize(Switchboard.MAX_PEERS);
  }
}
