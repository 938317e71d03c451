package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes that ask each other how they see the cluster. */
class InquiriesProtocolTest {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final Net net = new Net();
  private final List<Map<String, PeerAnswer>> told = new ArrayList<>();
  private Node a;
  private Node b;
  private Node c;

  @BeforeEach
  void begin() {
    a = net.node("a").open(false);
    b = net.node("b").open(false);
    c = net.node("c").open(false);
    net.join(a, b, c);
    b.core.inquiries().own(() -> Map.of("joinedNodes", List.of("a", "b")));
  }

  private PeerAnswer answer(String node) {
    return Objects.requireNonNull(told.getFirst().get(node), node);
  }

  private void ask() {
    a.now();
    a.core.inquiries().ask(a.core.now() + DEADLINE.toNanos(), told::add);
  }

  @Test
  void ask_allAnswer_toldOnceWithTheirFigures() {
    ask();
    assertThat(told).isEmpty();
    net.live(DEADLINE.multipliedBy(2));

    assertThat(told)
        .containsExactly(
            Map.of(
                "b", PeerAnswer.of(Map.of("joinedNodes", List.of("a", "b"))),
                "c", PeerAnswer.of(Map.of())));
  }

  @Test
  void ask_onePeerIsSilent_atTheDeadlineItIsToldAsSuch() {
    net.loses = delivery -> delivery.text().contains("tell status") && delivery.from() == c;
    ask();
    net.live(DEADLINE.minusMillis(200));
    assertThat(told).isEmpty();

    net.live(Duration.ofMillis(300));

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().get("c")).isEqualTo(PeerAnswer.silent("has not answered in time"));
    assertThat(answer("b").figures()).containsKey("joinedNodes");
  }

  @Test
  void ask_onePeerGoesDown_isToldAtOnce() {
    net.loses = delivery -> delivery.text().contains("status");
    ask();
    net.cut(a, b);
    net.cut(a, c);
    net.run();

    assertThat(told).hasSize(1);
    assertThat(told.getFirst()).containsValue(PeerAnswer.silent("went down meanwhile"));
  }

  @Test
  void ask_peerOfAVersionThatDoesNotTell_isNotAsked() {
    FakeConnection old = new FakeConnection("old");
    a.core.connected(old);
    Greeting greeting =
        new Greeting(1, 1, "test", new Incarnation("old", Net.WALL << 16), Net.WALL, Map.of(), 0);
    a.core.received(old, MessageCodec.encode(greeting));
    int before = old.sent().size();

    ask();
    net.run();

    assertThat(old.sent()).hasSize(before);
    assertThat(answer("old").silence()).contains("version");
  }

  @Test
  void ask_nobodyIsThere_toldAtOnce() {
    net.cut(a, b);
    net.cut(a, c);
    net.run();

    ask();

    assertThat(told).containsExactly(Map.of());
  }

  @Test
  void ask_moreThanAreAllowedAtOnce_isRefusedAtOnce() {
    net.loses = delivery -> delivery.text().contains("status");
    for (int i = 0; i < Inquiries.MOST_AT_ONCE; i++) {
      ask();
    }
    assertThat(told).isEmpty();

    ask();

    assertThat(told).hasSize(1);
    assertThat(answer("b").silence()).isEqualTo("was not asked: 16 questions are under way");
  }

  @Test
  void leave_questionUnderWay_endsIt() {
    net.loses = delivery -> delivery.text().contains("status");
    ask();

    a.core.leave();

    assertThat(told).hasSize(1);
  }

  @Test
  void received_answerThatNobodyAskedFor_isIgnored() {
    a.core.received(
        net.end(a, b), MessageCodec.encode(new Message.TellStatus(77, Map.of("x", List.of("y")))));

    assertThat(a.told(Event.FrameRefused.class)).isEmpty();
    assertThat(a.told(Event.Defect.class)).isEmpty();
  }
}
