package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ThreadedCluster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections from others than peers, and peers that break the rules. */
class StrangersTest {
  private final Heard heard = new Heard();
  private final NettyTransport transport =
      NettyTransport.builder().handshakeTimeout(Duration.ofMillis(300)).build();

  @BeforeEach
  void start() throws IOException {
    transport.start("host", heard);
  }

  /** Whatever happened, a real peer is served, and only it. */
  @AfterEach
  void servesARealPeer() throws IOException {
    Heard peerHeard = new Heard();
    try (NettyTransport peer = NettyTransport.port(0)) {
      peer.start("peer", peerHeard);
      peer.seek(Set.of(transport.address()));
      ThreadedCluster.until(() -> peerHeard.connected.size() == 1);
      ThreadedCluster.until(
          () -> heard.connected.stream().anyMatch(c -> c.peerName().equals("peer")));
    } finally {
      transport.close();
    }
  }

  private void assertRefused(int count) {
    ThreadedCluster.until(() -> transport.refusedConnections() >= count);
    assertThat(transport.refusedConnections()).isEqualTo(count);
    assertThat(heard.connected).isEmpty();
  }

  @Test
  void accept_httpRequest_isClosed() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_wellFramedGarbage_isClosed() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.frame(ByteBuffer.wrap(new byte[100]));
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_hugeLength_isClosedWithoutWaitingForIt() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.bytes((byte) 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff);
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_portScan_isForgotten() throws IOException {
    for (int i = 0; i < 20; i++) {
      RawPeer.dial(transport.address()).close();
    }
    assertRefused(20);
  }

  @Test
  void accept_silence_isClosedAtTheTimeout() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_halfHello_isClosedAtTheTimeout() throws IOException {
    ByteBuffer hello = RawPeer.hello(RawPeer.LARGEST, "half");
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.bytes(ByteBuffer.allocate(4).putInt(hello.remaining()).array());
      raw.bytes(hello.get(), hello.get(), hello.get());
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_deciderWithoutVerdict_isClosedAtTheTimeout() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.frame(RawPeer.hello(RawPeer.SMALLEST, "undecided"));
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_unknownVerdict_isClosed() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.frame(RawPeer.hello(RawPeer.SMALLEST, "odd"));
      raw.frame(ByteBuffer.wrap(new byte[] {99}));
      raw.awaitClosed();
    }
    assertRefused(1);
  }

  @Test
  void accept_flood_isLimited() throws IOException {
    List<RawPeer> flood = new ArrayList<>();
    for (int i = 0; i < Switchboard.MAX_HANDSHAKES + 10; i++) {
      flood.add(RawPeer.dial(transport.address()));
    }
    ThreadedCluster.until(() -> transport.refusedConnections() >= 10);
    for (RawPeer raw : flood) {
      raw.close();
    }
    assertRefused(flood.size());
  }

  @Test
  void accept_helloOfThisEngineDecides_acceptsAndTalks() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.frame(RawPeer.hello(RawPeer.LARGEST, "raw"));
      raw.frame(ByteBuffer.wrap(new byte[] {1, 2, 3}));

      assertThat(raw.readFrame().remaining()).isGreaterThan(20);
      assertThat(raw.readFrame()).isEqualTo(Verdict.ACCEPT.encode());
      ThreadedCluster.until(() -> heard.frames.size() == 1);
      assertThat(heard.frames.get(0)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertThat(heard.connected.get(0).peerAddress()).isEqualTo(new NodeAddress("127.0.0.1", 1));
    }
  }

  @Test
  void accept_secondConnectionOfAPeer_isRefusedByTheDecider() throws IOException {
    try (RawPeer first = RawPeer.dial(transport.address());
        RawPeer second = RawPeer.dial(transport.address())) {
      first.frame(RawPeer.hello(RawPeer.LARGEST, "raw"));
      first.readFrame();
      assertThat(first.readFrame()).isEqualTo(Verdict.ACCEPT.encode());

      second.frame(RawPeer.hello(RawPeer.LARGEST, "raw"));
      second.readFrame();
      assertThat(second.readFrame()).isEqualTo(Verdict.ALREADY_CONNECTED.encode());
      second.awaitClosed();

      assertThat(heard.connected).hasSize(1);
      assertThat(transport.refusedConnections()).isZero();
    }
  }

  @Test
  void accept_deciderAcceptsASecondConnection_replacesTheFirst() throws IOException {
    try (RawPeer first = RawPeer.dial(transport.address());
        RawPeer second = RawPeer.dial(transport.address())) {
      first.frame(RawPeer.hello(RawPeer.SMALLEST, "raw"));
      first.frame(Verdict.ACCEPT.encode());
      ThreadedCluster.until(() -> heard.connected.size() == 1);
      second.frame(RawPeer.hello(RawPeer.SMALLEST, "raw"));
      second.frame(Verdict.ACCEPT.encode());
      ThreadedCluster.until(() -> heard.connected.size() == 2);

      assertThat(heard.disconnected).containsExactly(heard.connected.get(0));
      first.awaitClosed();
    }
  }

  @Test
  void received_frameOverLimit_closesWithTheSize() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.frame(RawPeer.hello(RawPeer.LARGEST, "raw"));
      raw.bytes((byte) 1, (byte) 0, (byte) 0, (byte) 1);
      raw.awaitClosed();
    }
    ThreadedCluster.until(() -> heard.reasons.size() == 1);
    assertThat(heard.reasons.get(0))
        .isEqualTo("sent a frame of 16777217 bytes; 16777216 are allowed");
  }

  @Test
  void send_peerNeverReads_isClosedAtTheLimit() throws IOException {
    try (RawPeer raw = RawPeer.dial(transport.address())) {
      raw.frame(RawPeer.hello(RawPeer.LARGEST, "deaf"));
      ThreadedCluster.until(() -> heard.connected.size() == 1);
      ByteBuffer frame = ByteBuffer.allocate(1024 * 1024);
      transport
          .loop()
          .execute(
              () -> {
                for (int i = 0; i < 200; i++) {
                  heard.connected.get(0).send(frame);
                }
              });
      ThreadedCluster.until(() -> heard.reasons.size() == 1);
      assertThat(heard.reasons.get(0)).contains("67108864 bytes wait");
    }
  }
}
