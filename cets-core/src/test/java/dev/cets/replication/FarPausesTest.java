package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import dev.cets.replication.Outcome.Applied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pauses held on a peer: what is said, what of it may be lost, and what is logged. */
class FarPausesTest {
  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final Net net = new Net();
  private final Node a = net.node("a").open(false);
  private final Node b = net.node("b").open(false);
  private final List<Outcome> outcomes = new ArrayList<>();

  private void pauseAll(long id, Duration longest) {
    a.now();
    a.table()
        .callers()
        .pauseAll(
            id,
            "a/me",
            net.nanos() + longest.toNanos(),
            net.nanos() + DEADLINE.toNanos(),
            new Call() {
              @Override
              public void ended(Outcome outcome) {
                outcomes.add(outcome);
              }

              @Override
              public void released() {}
            });
  }

  private void resume(long id) {
    a.now();
    a.table().callers().resume(id);
    a.core.flush();
  }

  private static List<String> holders(Node node) {
    return node.table().callers().pauseHolders();
  }

  private List<String> said() {
    return net.transcript.stream().filter(line -> line.contains("pause")).toList();
  }

  @Test
  void pauseAll_andItsEnd_areToldOnceAndAnswered() {
    net.join(a, b);

    pauseAll(1, LONG);
    net.run();
    assertThat(outcomes).containsExactly(new Applied(Set.of("a", "b"), Set.of(), 0));
    resume(1);
    net.run();
    net.live(Duration.ofSeconds(10));

    assertThat(said())
        .containsExactly(
            "a > b  [1<1] paused by [a/me]",
            "b > a  [1<1] pauses taken",
            "a > b  [1<1] paused by []",
            "b > a  [1<1] pauses taken");
    assertThat(b.told(Event.PauseOver.class)).as("closed: not logged").isEmpty();
  }

  @Test
  void pauseAll_aWriteOfThePeerIsUnderWay_holdsWhenItHasCome() {
    net.join(a, b);
    net.loses = delivery -> delivery.text().contains("writes");
    b.write("k=1");
    net.loses = delivery -> false;

    pauseAll(1, LONG);
    net.run();
    assertThat(holders(b)).containsExactly("a/me");
    assertThat(outcomes).as("k has not come").isEmpty();

    net.live(Duration.ofSeconds(3)); // the beat tells that a write is missing
    assertThat(a.records()).containsExactly("k=1");
    assertThat(outcomes).containsExactly(new Applied(Set.of("a", "b"), Set.of(), 0));
  }

  @Test
  void pauseAll_anythingSaidIsLost_isSaidAgain() {
    for (String lost : List.of("paused by", "pauses taken")) {
      Net other = new Net();
      Node asking = other.node("a").open(false);
      Node asked = other.node("b").open(false);
      other.join(asking, asked);
      other.loses = delivery -> delivery.text().contains(lost);
      asking.table().callers().pauseAll(1, "a/me", LONG.toNanos(), LONG.toNanos(), Call.NONE);
      other.run();
      other.loses = delivery -> false;
      other.live(Duration.ofSeconds(2));
      assertThat(holders(asked)).as(lost).containsExactly("a/me");

      other.loses = delivery -> delivery.text().contains(lost);
      asking.now();
      asking.table().callers().resume(1);
      other.run();
      other.loses = delivery -> false;
      other.live(Duration.ofSeconds(2));
      assertThat(holders(asked)).as(lost).isEmpty();

      other.transcript.clear();
      other.live(Duration.ofSeconds(10));
      assertThat(other.transcript).as(lost).noneMatch(line -> line.contains("pause"));
    }
  }

  @Test
  void received_anOlderMessageAgain_changesNothing() {
    net.join(a, b);
    pauseAll(1, LONG);
    net.run();
    var first = net.end(a, b).sent().getLast().duplicate();
    resume(1);
    net.run();

    b.core.received(net.end(b, a), first);

    assertThat(holders(b)).isEmpty();
  }

  @Test
  void disconnected_holderIsGone_thePauseEndsAndThatIsTold() {
    net.join(a, b);
    pauseAll(1, LONG);
    net.run();
    b.write("k=1");
    assertThat(b.records()).isEmpty();

    net.cut(a, b);
    net.run();

    assertThat(b.records()).containsExactly("k=1");
    assertThat(b.told(Event.PauseOver.class))
        .containsExactly(new Event.PauseOver("notes", "a/me", "the link with node a is over"));
    assertThat(holders(a)).containsExactly("a/me");
  }

  @Test
  void linkedAgain_pauseIsHeld_itHoldsAllTheTime() {
    net.join(a, b);
    pauseAll(1, LONG);
    net.run();
    b.write("k=1");

    a.table().linkAgain("test");
    net.run();

    assertThat(a.linkWith(b)).isEqualTo(Replication.JOINED);
    assertThat(holders(b)).containsExactly("a/me");
    assertThat(b.records()).isEmpty();
    assertThat(b.told(Event.PauseOver.class)).isEmpty();
  }

  @Test
  void linkedAgain_endWasNotTold_theOpenLinkTellsIt() {
    net.join(a, b);
    pauseAll(1, LONG);
    net.run();
    net.loses = delivery -> delivery.text().contains("hello");
    a.table().linkAgain("test");
    net.run();
    resume(1);
    net.run();
    assertThat(holders(b)).containsExactly("a/me");
    net.loses = delivery -> false;

    net.live(Settings.DEFAULTS.progressLimit().plusSeconds(3));

    assertThat(holders(b)).isEmpty();
  }

  @Test
  void tick_itsTimeIsOver_bothLetGoAndTellIt() {
    net.join(a, b);
    pauseAll(1, Duration.ofSeconds(3));
    net.run();

    net.live(Duration.ofSeconds(4));

    for (Node node : List.of(a, b)) {
      assertThat(holders(node)).isEmpty();
      assertThat(node.told(Event.PauseOver.class))
          .containsExactly(new Event.PauseOver("notes", "a/me", "it lasted its longest time"));
    }
  }

  @Test
  void tick_noAnswerByTheDeadline_unknownAndOver() {
    net.join(a, b);
    net.loses = delivery -> delivery.text().contains("pauses taken");
    pauseAll(1, LONG);
    net.live(DEADLINE.plusSeconds(1));

    assertThat(outcomes).containsExactly(new Outcome.Unknown("the deadline passed", Set.of("b")));
    assertThat(holders(a)).isEmpty();
    assertThat(holders(b)).isEmpty();
  }
}
