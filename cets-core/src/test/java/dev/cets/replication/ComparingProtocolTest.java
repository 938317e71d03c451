package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Compared.State;
import dev.cets.replication.Event.Mended;
import dev.cets.replication.Net.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comparisons of joined nodes find, and what they say of it. */
class ComparingProtocolTest {
  private final Net net = new Net();
  private Node a;
  private Node b;

  @BeforeEach
  void begin() {
    a = net.node("a").open(false).write("k=1", "l=2");
    b = net.node("b").open(false).write("m=3");
    net.join(a, b);
  }

  private void compare() {
    a.now();
    a.table().compare();
    net.run();
  }

  /** Both have compared since they were joined, and a has seen that b has. */
  private void calm() {
    compare();
    b.now();
    b.table().compare();
    net.run();
    compare();
  }

  private LinkView link() {
    a.now();
    return a.table().figures().linkViews().getFirst();
  }

  /** The version goes behind the protocol's back, as by a defect. */
  private void lose(Node node, String key) {
    node.store.set(key, Note.hash(key), List.of());
  }

  @Test
  void compare_equalReplicas_equalSinceTheFirstThatFoundNothing() {
    assertThat(link().equalNanos()).isEqualTo(-1); // the join brought something

    compare();
    net.pass(Duration.ofSeconds(7));
    compare();
    net.pass(Duration.ofSeconds(2));

    assertThat(link().comparedNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
    assertThat(link().equalNanos()).isEqualTo(Duration.ofSeconds(9).toNanos());
    assertThat(a.told(Mended.class)).isEmpty();
  }

  @Test
  void compare_byItself_afterTheInterval() {
    net.live(Settings.DEFAULTS.compareInterval().plusSeconds(1));

    assertThat(link().equalNanos()).isNotNegative();
  }

  @Test
  void compare_writesOnTheirWay_differencesAreNoneAndNothingIsMended() {
    compare();
    b.write("k=5"); // on its way while the digests are compared
    a.write("n=6");
    a.table().compare();
    b.write("l", "o=7");
    net.run();

    assertThat(link().comparedNanos()).isZero();
    assertThat(link().equalNanos()).isZero();
    assertThat(a.told(Mended.class)).isEmpty();
    assertThat(a.records()).isEqualTo(b.records()).containsExactly("k=5", "m=3", "n=6", "o=7");
  }

  @Test
  void compare_versionThatThePeerDropped_isMendedToldAndCounted() {
    calm();
    lose(b, "l");
    compare();

    assertThat(a.records()).isEqualTo(b.records());
    assertThat(a.told(Mended.class)).containsExactly(new Mended("notes", "b", 1));
    assertThat(a.table().figures().mended()).isOne();
    assertThat(link().equalNanos()).isEqualTo(-1);

    compare();
    assertThat(link().equalNanos()).isZero();
    assertThat(a.told(Mended.class)).hasSize(1);
  }

  private List<Map<String, Compared>> ask(Duration deadline) {
    List<Map<String, Compared>> told = new ArrayList<>();
    a.now();
    a.table().comparisons().ask(net.nanos() + deadline.toNanos(), told::add);
    return told;
  }

  @Test
  void ask_versionThatThePeerDropped_isMendedAndThenEqual() {
    calm();
    lose(b, "l");

    List<Map<String, Compared>> first = ask(Duration.ofSeconds(1));
    net.run();
    List<Map<String, Compared>> second = ask(Duration.ofSeconds(1));
    net.run();

    assertThat(first).containsExactly(Map.of("b", new Compared(State.MENDED, 1, -1, "")));
    assertThat(second).containsExactly(Map.of("b", new Compared(State.EQUAL, 0, 0, "")));
    assertThat(a.table().figures().mended()).isOne();
  }

  @Test
  void ask_duringAPull_countsOneThatBeganAfterwards() {
    calm();
    a.table().compare(); // its digests are on their way
    lose(b, "l");

    List<Map<String, Compared>> told = ask(Duration.ofSeconds(1));
    lose(b, "m");
    net.run();

    assertThat(told).hasSize(1);
    assertThat(a.records()).isEqualTo(b.records()).containsExactly("k=1");
  }

  @Test
  void ask_noAnswerByTheDeadline_isBusyAndSaysWithWhat() {
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] pull ");
    List<Map<String, Compared>> told = ask(Duration.ofSeconds(2));
    net.live(Duration.ofSeconds(1));
    assertThat(told).isEmpty();
    net.live(Duration.ofSeconds(2));

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().get("b"))
        .extracting(Compared::state, Compared::reason)
        .satisfies(
            stateAndReason -> {
              assertThat(stateAndReason.get(0)).isEqualTo(State.BUSY);
              assertThat(stateAndReason.get(1).toString())
                  .startsWith("had not ended by the deadline; it waits for b");
            });
  }

  @Test
  void ask_linkEndsMeanwhile_isUnreachable() {
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] pull ");
    List<Map<String, Compared>> told = ask(Duration.ofSeconds(20));
    net.cut(a, b);
    net.run();

    assertThat(told)
        .containsExactly(
            Map.of("b", new Compared(State.UNREACHABLE, 0, -1, "the link ended meanwhile")));
  }

  @Test
  void ask_moreThanTheLimitAtOnce_theLastIsBusyAtOnce() {
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] pull ");
    for (int i = 0; i < Comparisons.MOST_AT_ONCE; i++) {
      assertThat(ask(Duration.ofSeconds(20))).isEmpty();
    }

    assertThat(ask(Duration.ofSeconds(20)))
        .containsExactly(
            Map.of(
                "b",
                new Compared(State.BUSY, 0, -1, "was not asked: 16 comparisons are under way")));
  }

  @Test
  void ask_tableIsClosed_isUnreachable() {
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] pull ");
    List<Map<String, Compared>> told = ask(Duration.ofSeconds(20));
    a.table().close("table notes is closed");

    assertThat(told)
        .containsExactly(
            Map.of("b", new Compared(State.UNREACHABLE, 0, -1, "table notes is closed")));
  }

  @Test
  void compare_peerHasTakenAPartOfAThirdNodesTable_isNotMended() {
    Node c = net.node("c").open(false);
    net.join(b, c);
    calm();
    net.cut(b, c);
    net.run();
    c.write("l"); // a does not see c, and b learns of it by a pull
    net.loses = delivery -> delivery.to() == b && delivery.text().contains("] end ");
    net.connect(b, c);
    net.run();
    assertThat(b.records()).doesNotContain("l=2");
    assertThat(a.records()).contains("l=2");
    net.loses = delivery -> false;

    compare();

    assertThat(a.records()).isEqualTo(b.records());
    assertThat(a.told(Mended.class)).isEmpty();
  }

  @Test
  void compare_firstOneAfterALinkBegan_differencesAreExpected() {
    lose(b, "l"); // found by the first comparison, which may bring what a third node knew

    compare();

    assertThat(a.records()).isEqualTo(b.records());
    assertThat(a.told(Mended.class)).isEmpty();
  }

  @Test
  void disconnected_lastWritesReachedOneSurvivorOnly_noneIsMended() {
    Node c = net.node("c").open(false);
    net.connect(a, c);
    net.connect(b, c);
    net.run();
    a.table().compare();
    b.table().compare();
    net.run();
    net.loses = delivery -> delivery.from() == c && delivery.to() == a;
    c.write("k=9", "l");
    net.run();
    assertThat(a.records()).isNotEqualTo(b.records());

    net.loses = delivery -> false;
    net.cut(a, c);
    net.cut(b, c);
    net.run();

    assertThat(a.state()).isEqualTo(b.state());
    assertThat(a.told(Mended.class)).isEmpty();
    assertThat(b.told(Mended.class)).isEmpty();
  }
}
