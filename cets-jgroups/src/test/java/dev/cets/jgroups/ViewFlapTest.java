package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.testkit.ThreadedCluster;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jgroups.Address;
import org.jgroups.JChannel;
import org.jgroups.View;
import org.jgroups.protocols.DISCARD;
import org.jgroups.protocols.TP;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.stack.ProtocolStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Real channels with a group, whose views leave out a member that is there. */
@Isolated("who does not answer for three seconds is taken to be gone")
class ViewFlapTest {
  private record Node(JChannel channel, JGroupsTransport transport, Heard heard) {
    GMS gms() {
      return channel.getProtocolStack().findProtocol(GMS.class);
    }
  }

  private final Group group = new Group();
  private final List<Node> nodes = new ArrayList<>();

  @BeforeEach
  void begin() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      JChannel channel = group.channel(name);
      Node node = new Node(channel, JGroupsTransport.channel(channel), new Heard());
      nodes.add(node);
      node.transport.start(name, node.heard);
    }
    for (Node node : nodes) {
      ThreadedCluster.until(() -> node.heard.connected.size() == 2);
    }
  }

  @AfterEach
  void end() {
    nodes.forEach(node -> node.transport.close());
  }

  /** What a wrong suspicion, or a cut elsewhere, makes of a group. */
  private static void install(Node at, Address... members) {
    View current = at.channel.getView();
    at.gms().installView(View.create(members[0], current.getViewId().getId() + 1, members));
  }

  private void sendFromAll() {
    for (Node node : nodes) {
      int before = node.heard.connected.size();
      node.transport
          .loop()
          .execute(
              () ->
                  node.heard.connected.stream()
                      .filter(connection -> !node.heard.disconnected.contains(connection))
                      .forEach(connection -> connection.send(ByteBuffer.allocate(before))));
    }
  }

  @Test
  void view_thatLeavesAPeerOut_endsNoConnection() {
    Node a = nodes.get(0);
    Node b = nodes.get(1);
    Address ofA = a.channel.getAddress();
    Address ofB = b.channel.getAddress();
    Address ofC = nodes.get(2).channel.getAddress();

    for (int flap = 1; flap <= 5; flap++) {
      install(a, ofA, ofB);
      install(b, ofA, ofB);
      assertThat(a.channel.getView().containsMember(ofC)).isFalse();
      sendFromAll();
      int frames = 2 * flap;
      for (Node node : nodes) {
        ThreadedCluster.until(() -> node.heard.frames.size() == frames);
      }
      install(a, ofA, ofB, ofC);
      install(b, ofA, ofB, ofC);
    }

    for (Node node : nodes) {
      assertThat(node.heard.reasons).isEmpty();
      assertThat(node.heard.connected).hasSize(2);
    }
  }

  @Test
  void member_cutOff_isDisconnectedAndComesBackAfterTheHeal() throws Exception {
    Node a = nodes.get(0);
    Node c = nodes.get(2);
    DISCARD cut = new DISCARD().discardAll(true);
    c.channel.getProtocolStack().insertProtocol(cut, ProtocolStack.Position.ABOVE, TP.class);
    install(a, a.channel.getAddress(), nodes.get(1).channel.getAddress());

    ThreadedCluster.until(() -> a.heard.reasons.size() == 1);
    assertThat(a.heard.reasons).containsExactly("left the channel's view, and does not answer");
    assertThat(nodes.get(1).heard.reasons).isEmpty();

    cut.discardAll(false);
    ThreadedCluster.until(() -> a.heard.connected.size() == 3);
    ThreadedCluster.until(() -> c.heard.connected.size() >= 3);
  }
}
