package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Peers that replicate a table to other nodes than this one does. */
class OtherNodesProtocolTest {
  private final Net net = new Net();
  private final Node a = net.node("a").open(false);
  private final Node b = net.node("b").open(false);
  private final Node c = net.node("c").open(false);

  @BeforeEach
  void begin() {
    net.join(a, b, c);
  }

  private static boolean hasOtherNodes(Node node, Node peer) {
    return node.table().figures().linkViews().stream()
        .anyMatch(link -> link.peer().equals(peer.name) && link.otherNodes());
  }

  @Test
  void live_allJoined_noneHasOthers() {
    net.live(Duration.ofSeconds(20));

    for (Node node : new Node[] {a, b, c}) {
      assertThat(node.table().figures().linkViews()).noneMatch(LinkView::otherNodes);
    }
  }

  @Test
  void cut_onePairOfThree_eachNoticesThatTheThirdHasOthers() {
    net.cut(a, c);
    net.live(Duration.ofSeconds(4));
    assertThat(hasOtherNodes(a, b))
        .isFalse(); // joins and losses are not noticed everywhere at once

    net.live(Duration.ofSeconds(4));
    assertThat(hasOtherNodes(a, b)).isTrue();
    assertThat(hasOtherNodes(b, a)).isTrue();
    assertThat(hasOtherNodes(c, b)).isTrue();

    net.connect(a, c);
    net.live(Duration.ofSeconds(2));
    assertThat(hasOtherNodes(a, b)).isFalse();
    assertThat(hasOtherNodes(b, c)).isFalse();
  }

  @Test
  void close_tableOnOneNode_theOthersAgree() {
    c.core.close("notes");
    net.live(Duration.ofSeconds(20), a, b, c);

    assertThat(hasOtherNodes(a, b)).isFalse();
    assertThat(hasOtherNodes(b, a)).isFalse();
  }
}
