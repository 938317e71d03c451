package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ThreadedCluster;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Everybody dials everybody at the same moment, over real sockets. */
class RacesTest {
  private record Node(NettyTransport transport, Heard heard) {
    static Node start(String name) throws IOException {
      Node node = new Node(NettyTransport.port(0), new Heard());
      node.transport.start(name, node.heard);
      return node;
    }
  }

  @Test
  void seek_twoAtOnceManyTimes_connectsEachTimeOnce() throws IOException {
    for (int round = 0; round < 200; round++) {
      mesh(2);
    }
  }

  @Test
  void seek_fiveAtOnceManyTimes_connectsEachPairOnce() throws IOException {
    for (int round = 0; round < 15; round++) {
      mesh(5);
    }
  }

  private static void mesh(int size) throws IOException {
    List<Node> nodes = new ArrayList<>();
    Set<NodeAddress> addresses = new HashSet<>();
    for (int i = 0; i < size; i++) {
      Node node = Node.start("n" + i);
      nodes.add(node);
      addresses.add(node.transport.address());
    }

    nodes.forEach(node -> node.transport.seek(addresses));
    for (Node node : nodes) {
      ThreadedCluster.until(() -> node.heard.located.size() == size);
      ThreadedCluster.until(() -> node.heard.connected.size() == size - 1);
    }
    // All this holds while all are open. As the first of them closes, a dial that lost the race may
    // still be under way, and its hello be answered when the connection that won has just ended.
    for (Node node : nodes) {
      assertThat(List.copyOf(node.heard.connected).stream().map(c -> c.peerName()))
          .doesNotHaveDuplicates()
          .hasSize(size - 1);
      assertThat(node.heard.located).hasSize(size);
      assertThat(node.heard.unreachable).isEmpty();
    }
    for (Node node : nodes) {
      node.transport.close();
    }
  }
}
