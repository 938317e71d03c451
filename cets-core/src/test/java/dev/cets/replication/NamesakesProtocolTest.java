package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.NameTaken;
import dev.cets.replication.Event.NodeDown;
import dev.cets.replication.Event.NodeRefused;
import dev.cets.replication.Net.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two nodes of one name, as a third sees them, and as they see each other. */
class NamesakesProtocolTest {
  private static final Duration SILENCE = Settings.DEFAULTS.silenceLimit();

  private final Net net = new Net();

  private Node second() {
    net.pass(Duration.ofSeconds(1));
    return net.node("b").open(false);
  }

  @Test
  void connected_bothLive_theSecondIsRefusedByAThirdAndToldWhereTheFirstIs() {
    Node a = net.node("a").open(false);
    Node first = net.node("b").open(false).write("k=1");
    net.join(a, first);
    Node second = second();
    net.connect(a, second);
    net.run();
    assertThat(a.told(NodeRefused.class)).isEmpty();

    net.live(SILENCE);

    assertThat(second.told(NameTaken.class)).containsExactly(new NameTaken("b:7800"));
    assertThat(second.core.nameTakenAt()).isEqualTo("b:7800");
    assertThat(a.told(NodeRefused.class))
        .extracting(NodeRefused::reason)
        .containsExactly(
            "a node of the name b is running already, at b:7800; the second, at b:7800, is not let"
                + " in");
    assertThat(a.told(NodeDown.class)).isEmpty();
    assertThat(a.records()).containsExactly("k=1");
    assertThat(first.told(NameTaken.class)).isEmpty();
  }

  @Test
  void connected_theFirstIsDead_theSecondIsLetInWhenThatShows() {
    Node a = net.node("a").open(false);
    Node first = net.node("b").open(false).write("k=1");
    net.join(a, first);
    Node second = second();
    net.connect(a, second);
    net.run();

    net.live(SILENCE.plusSeconds(2), a, second); // the first says nothing any more

    assertThat(second.told(NameTaken.class)).isEmpty();
    assertThat(a.linkWith(second)).isEqualTo(Replication.JOINED);
    assertThat(a.records()).isEmpty();
  }

  @Test
  void connected_theFirstEndsAfterTheSecondWasRefused_theSecondIsLetInNextTime() {
    Node a = net.node("a").open(false);
    Node first = net.node("b").open(false);
    net.join(a, first);
    Node second = second();
    net.connect(a, second);
    net.live(SILENCE);
    assertThat(second.core.nameTakenAt()).isNotNull();

    net.end(first, a).close("it ends");
    net.run();
    net.connect(a, second);
    net.run();

    assertThat(a.linkWith(second)).isEqualTo(Replication.JOINED);
    assertThat(second.core.nameTakenAt()).isNull();
  }

  @Test
  void connected_eachOther_theOneThatIsInTheClusterIsTheFirst() {
    Node newer = net.node("b", "test", Settings.DEFAULTS, 5_000).open(false);
    Node older = net.node("b").open(false);
    net.join(net.node("a").open(false), newer); // it was started later, but somebody let it in

    net.connect(newer, older);
    net.run();

    assertThat(newer.told(NameTaken.class)).isEmpty();
    assertThat(newer.told(NodeRefused.class)).hasSize(1);
    assertThat(older.told(NameTaken.class)).containsExactly(new NameTaken("b:7800"));
  }

  @Test
  void connected_eachOtherAndNobodyElse_theOlderIsTheFirst() {
    Node older = net.node("b").open(false);
    Node newer = net.node("b", "test", Settings.DEFAULTS, 5_000).open(false);

    net.connect(newer, older);
    net.run();

    assertThat(older.told(NameTaken.class)).isEmpty();
    assertThat(older.told(NodeRefused.class)).hasSize(1);
    assertThat(newer.told(NameTaken.class)).hasSize(1);
  }

  @Test
  void nameTaken_againAndAgain_isToldOnce() {
    Node older = net.node("b").open(false);
    Node newer = net.node("b", "test", Settings.DEFAULTS, 5_000).open(false);

    for (int i = 0; i < 5; i++) {
      net.connect(newer, older);
      net.run();
    }

    assertThat(newer.told(NameTaken.class)).hasSize(1);
  }
}
