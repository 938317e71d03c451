package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Connection;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testrules.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What the contract cannot know: ports, threads, names, and settings. */
class NettyTransportTest {
  private static NettyTransport started(String name, Heard heard) throws IOException {
    NettyTransport transport = NettyTransport.port(0);
    transport.start(name, heard);
    return transport;
  }

  private static long threads(String nodeName) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("cets-" + nodeName))
        .count();
  }

  @Test
  void start_portInUse_saysSoAndHoldsNothing() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      NettyTransport transport = NettyTransport.port(taken.getLocalPort());

      assertThatThrownBy(() -> transport.start("in-use", new Heard()))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": address already in use");
      assertThat(threads("in-use")).isZero();
    }
  }

  @Test
  void start_unknownHost_saysSo() {
    NettyTransport transport = NettyTransport.builder().bind("no-such-host.invalid").build();

    assertThatThrownBy(() -> transport.start("nowhere", new Heard()))
        .isInstanceOf(IOException.class)
        .hasMessage("cannot listen on no-such-host.invalid:0: name cannot be resolved");
  }

  @Test
  void start_twice_isRefused() throws IOException {
    try (NettyTransport transport = started("once", new Heard())) {
      assertThatThrownBy(() -> transport.start("twice", new Heard()))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void start_nameTooLong_isRefused() {
    try (NettyTransport transport = NettyTransport.port(0)) {
      assertThatThrownBy(() -> transport.start("x".repeat(256), new Heard()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("name has 256 bytes; 255 are allowed");
    }
  }

  @Test
  void build_boundEverywhere_needsAnAddressToAdvertise() throws IOException {
    assertThatThrownBy(() -> NettyTransport.builder().bind("0.0.0.0").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NettyTransport.builder().bind("::").build())
        .isInstanceOf(IllegalArgumentException.class);
    try (NettyTransport transport =
        NettyTransport.builder().bind("0.0.0.0").advertise("127.0.0.1").insecure().build()) {
      transport.start("everywhere", new Heard());
      assertThat(transport.address().host()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void build_boundWhereOthersReachIt_needsTlsAndSecret() {
    NettyTransport.Builder exposed = NettyTransport.builder().bind("192.0.2.1");
    String message =
        "192.0.2.1 can be reached from other machines, so tls and secret are both needed;"
            + " insecure() allows it without";

    assertThatThrownBy(exposed::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(exposed.secret(Credentials.SECRET)::build).hasMessage(message);
    exposed.tls(new Credentials().good("node")).build().close();
  }

  /** What the host is is known only when it was looked up; the JDK reads this one as 0.0.0.0. */
  @Test
  void start_nameOfAnAddressThatOthersReach_needsTlsAndSecret() {
    NettyTransport transport = NettyTransport.builder().bind("0").build();

    assertThatThrownBy(() -> transport.start("exposed", new Heard()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tls and secret are both needed");
    assertThat(threads("exposed")).isZero();
  }

  @Test
  void seek_nodeBoundEverywhere_isFoundAtEveryAddressAndConnectedOnce() throws IOException {
    Heard heard = new Heard();
    try (NettyTransport everywhere =
            NettyTransport.builder().bind("0.0.0.0").advertise("127.0.0.1").insecure().build();
        NettyTransport other = started("other", heard)) {
      everywhere.start("everywhere", new Heard());
      NodeAddress otherWay = new NodeAddress("127.0.0.2", everywhere.address().port());

      other.seek(Set.of(otherWay, everywhere.address()));

      ThreadedCluster.until(() -> heard.located.size() == 2);
      assertThat(heard.located)
          .containsExactlyInAnyOrder(
              otherWay + " is everywhere", everywhere.address() + " is everywhere");
      assertThat(heard.connected).hasSize(1);
    }
  }

  @Test
  void address_advertisedWithPort_isTold() throws IOException {
    NodeAddress mapped = new NodeAddress("example.org", 7);
    try (NettyTransport transport = NettyTransport.builder().advertise(mapped).build()) {
      assertThatThrownBy(transport::address).isInstanceOf(IllegalStateException.class);
      transport.start("mapped", new Heard());
      assertThat(transport.address()).isEqualTo(mapped);
    }
  }

  @Test
  void seek_otherSpelling_locatesTheConnectedPeer() throws IOException {
    Heard heard = new Heard();
    try (NettyTransport a = started("a", heard);
        NettyTransport b = started("b", new Heard())) {
      NodeAddress plain = b.address();
      NodeAddress spelled = new NodeAddress("localhost", plain.port());
      NodeAddress self = new NodeAddress("localhost", a.address().port());

      a.seek(Set.of(plain, spelled, self));

      ThreadedCluster.until(() -> heard.located.size() == 3);
      assertThat(heard.located)
          .containsExactlyInAnyOrder(plain + " is b", spelled + " is b", self + " is a");
      assertThat(heard.connected).hasSize(1);
    }
  }

  @Test
  void seek_unknownName_tellsThatItIsTheName() throws IOException {
    Heard heard = new Heard();
    try (NettyTransport transport = started("a", heard)) {
      transport.seek(Set.of(new NodeAddress("no-such-host.invalid", 7)));

      ThreadedCluster.until(() -> !heard.unreachable.isEmpty());
      assertThat(heard.unreachable.get(0)).contains("name");
    }
  }

  @Test
  void seek_nobodyListens_tellsConnectionRefused() throws IOException {
    Heard heard = new Heard();
    try (NettyTransport transport = started("a", heard)) {
      transport.seek(Set.of(new NodeAddress("127.0.0.1", Ports.free())));

      ThreadedCluster.until(() -> heard.unreachable.size() >= 2);
      assertThat(heard.unreachable).containsOnly("connection refused");
    }
  }

  @Test
  void seek_somethingElseListens_tellsWhy() throws IOException {
    Heard heard = new Heard();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        NettyTransport transport =
            NettyTransport.builder().handshakeTimeout(Duration.ofMillis(200)).build()) {
      transport.start("a", heard);
      transport.seek(Set.of(new NodeAddress("127.0.0.1", server.getLocalPort())));

      ThreadedCluster.until(
          () -> !heard.unreachable.isEmpty()); // the kernel accepts, nobody answers
      assertThat(heard.unreachable.get(0)).isEqualTo("no handshake within 200 ms");
      assertThat(transport.refusedConnections()).isZero();
    }
  }

  @Test
  void listener_throws_connectionAndTransportGoOn() throws IOException {
    Heard failing =
        new Heard() {
          @Override
          public void connected(Connection connection) {
            super.connected(connection);
            throw new IllegalStateException("for the test");
          }

          @Override
          public void received(Connection connection, ByteBuffer frame) {
            super.received(connection, frame);
            throw new StackOverflowError("for the test");
          }
        };
    Heard heard = new Heard();
    try (NettyTransport a = started("a", failing);
        NettyTransport b = started("b", heard)) {
      b.seek(Set.of(a.address()));
      ThreadedCluster.until(() -> heard.connected.size() == 1);
      b.loop()
          .execute(
              () -> {
                heard.connected.get(0).send(ByteBuffer.allocate(1));
                heard.connected.get(0).send(ByteBuffer.allocate(2));
              });

      ThreadedCluster.until(() -> failing.frames.size() == 2);
      assertThat(failing.disconnected).isEmpty();
    }
  }

  @Test
  void close_afterwards_threadIsGoneAndPortIsFree() throws IOException {
    Heard heard = new Heard();
    try (NettyTransport other = started("other", new Heard())) {
      NettyTransport transport = started("short-lived", heard);
      other.seek(Set.of(transport.address()));
      ThreadedCluster.until(() -> heard.connected.size() == 1);
      assertThat(threads("short-lived")).isEqualTo(1);
      NodeAddress address = transport.address();

      transport.close();

      assertThat(threads("short-lived")).isZero();
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().startsWith("globalEventExecutor"));
      try (NettyTransport next = NettyTransport.port(address.port())) {
        next.start("next", new Heard());
        assertThat(next.address()).isEqualTo(address);
      }
    }
  }

  @Test
  void close_byManyThreadsAtOnce_endsForAll() throws Exception {
    NettyTransport transport = started("crowded", new Heard());
    CountDownLatch ended = new CountDownLatch(4);
    transport
        .loop()
        .blocking()
        .execute(
            () -> {
              transport.close();
              ended.countDown();
            });
    for (int i = 0; i < 3; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                transport.close();
                ended.countDown();
              });
    }

    transport.close();
    ended.await();
    assertThat(threads("crowded")).isZero();
  }

  @Test
  void close_interrupted_endsAllTheSameAndStaysInterrupted() throws IOException {
    NettyTransport transport = started("interrupted", new Heard());

    Thread.currentThread().interrupt();
    transport.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(threads("interrupted")).isZero();
  }

  @Test
  void close_whileDiallingAndInHandshake_isQuick() throws IOException {
    long begin = System.nanoTime();
    NettyTransport transport = started("hasty", new Heard());
    try (RawPeer half = RawPeer.dial(transport.address())) {
      transport.seek(
          Set.of(new NodeAddress("127.0.0.1", Ports.free()), new NodeAddress("192.0.2.1", 9)));
      transport.close();
      half.awaitClosed();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void loop_thread_carriesTheNodesNameAndIsDaemon() throws IOException {
    try (NettyTransport transport = started("named", new Heard())) {
      Thread[] seen = new Thread[1];
      CountDownLatch done = new CountDownLatch(1);
      transport
          .loop()
          .execute(
              () -> {
                seen[0] = Thread.currentThread();
                done.countDown();
              });
      ThreadedCluster.until(() -> done.getCount() == 0);

      assertThat(seen[0].getName()).isEqualTo("cets-named");
      assertThat(seen[0].isDaemon()).isTrue();
    }
  }
}
