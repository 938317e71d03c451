package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.CetsNode;
import dev.cets.NodeCounters;
import dev.cets.NodeStatus;
import dev.cets.testkit.ThreadedCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A peer that was let in and sends what is no message: over a plain socket, to a whole node. */
class BadFramesTest {
  private CetsNode node;
  private RawPeer peer;

  /** The first frame of the node, when it has let the peer in. */
  private byte[] greeting;

  @BeforeEach
  void letIn() throws IOException {
    node = CetsNode.builder("host").transport(NettyTransport.port(0)).start();
    peer = RawPeer.dial(Objects.requireNonNull(node.address()));
    peer.frame(RawPeer.hello(RawPeer.LARGEST, "raw"));
    peer.readFrame();
    assertThat(peer.readFrame()).isEqualTo(Verdict.ACCEPT.encode());
    greeting = peer.readFrame().array();
  }

  @AfterEach
  void end() throws IOException {
    peer.close();
    node.close();
  }

  private NodeCounters counters() {
    return node.status().counters();
  }

  private void assertRefused(byte[] frame) throws IOException {
    long before = counters().refusedFrames();
    peer.frame(ByteBuffer.wrap(frame));
    ThreadedCluster.until(() -> counters().refusedFrames() == before + 1);
  }

  @Test
  void refusedFrames_bytesThatAreNoMessage_growByEach() throws IOException {
    assertThat(counters().refusedFrames()).isZero();
    byte[] damaged = greeting.clone();
    damaged[damaged.length - 1] ^= 1;
    byte[] ofAnotherVersion = greeting.clone();
    ofAnotherVersion[0]++;
    byte[] cut = Arrays.copyOf(greeting, greeting.length - 1);

    assertRefused(damaged);
    assertRefused(ofAnotherVersion);
    assertRefused(cut);
    assertRefused(new byte[] {1, 2, 3});
    assertRefused(new byte[0]);

    NodeStatus status = node.status();
    assertThat(status.counters().defects()).isZero();
    assertThat(status.refusedConnections()).isZero();
    assertThat(status.counters().refusedFrames()).isEqualTo(5);
  }
}
