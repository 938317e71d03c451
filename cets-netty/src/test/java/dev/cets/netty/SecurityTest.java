package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cets.engine.Proof;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testrules.Certificates;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Who comes without what a cluster asks for is refused, logged once and counted; others go on. */
class SecurityTest {
  private static final Credentials CLUSTER = new Credentials();

  private final Heard heard = new Heard();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<NettyTransport> opened = new ArrayList<>();
  private NettyTransport transport;

  @BeforeEach
  void start() throws IOException {
    logger().setLevel(Level.WARN);
    logger().addAppender(log);
    log.start();
    transport = open("host", heard, CLUSTER.secured("host"));
  }

  /** Whatever happened, a real peer is served. */
  @AfterEach
  void servesARealPeer() throws IOException {
    try {
      Heard peerHeard = new Heard();
      NettyTransport peer = open("peer", peerHeard, CLUSTER.secured("peer"));
      peer.seek(Set.of(new NodeAddress("localhost", transport.address().port())));
      ThreadedCluster.until(() -> peerHeard.connected.size() == 1);
      ThreadedCluster.until(
          () -> heard.connected.stream().anyMatch(c -> c.peerName().equals("peer")));
    } finally {
      opened.forEach(NettyTransport::close);
      logger().detachAppender(log);
      logger().setLevel(null);
    }
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(NettyTransport.class);
  }

  private NettyTransport open(String name, Heard listener, NettyTransport.Builder builder)
      throws IOException {
    NettyTransport made = builder.build();
    opened.add(made);
    made.start(name, listener);
    return made;
  }

  /** Tries three times and more. */
  private Heard tries(NettyTransport.Builder bad) throws IOException {
    Heard badHeard = new Heard();
    NettyTransport stranger = open("stranger", badHeard, bad);
    stranger.seek(Set.of(transport.address()));
    ThreadedCluster.until(() -> badHeard.unreachable.size() >= 3);
    stranger.close();
    assertThat(badHeard.connected).isEmpty();
    return badHeard;
  }

  private void assertRefused(long atLeast, String reason) {
    ThreadedCluster.until(() -> transport.refusedConnections() >= atLeast);
    assertThat(heard.connected).isEmpty();
    assertThat(refusals()).hasSize(1).allMatch(line -> line.contains(reason));
  }

  private List<String> refusals() {
    return List.copyOf(log.list).stream()
        .filter(event -> event.getThreadName().equals("cets-host"))
        .map(ILoggingEvent::getFormattedMessage)
        .filter(line -> line.startsWith("Refused a connection"))
        .toList();
  }

  @Test
  void accept_certificateOfAnotherAuthority_isRefused() throws IOException {
    tries(
        Credentials.transport()
            .tls(CLUSTER.with(CLUSTER.theirs.of("foreign", "localhost")))
            .secret(Credentials.SECRET));

    assertRefused(3, "shows no certificate of an authority that is trusted here");
  }

  /** A stranger can call its authority as it likes. */
  @Test
  void accept_certificateOfAnAuthorityOfTheSameName_isRefused(@TempDir Path folder)
      throws IOException {
    Certificates.Issued forged = new Certificates(folder, "ours").of("forged", "localhost");
    tries(Credentials.transport().tls(CLUSTER.with(forged)).secret(Credentials.SECRET));

    assertRefused(3, "has a certificate of nobody who is trusted here");
  }

  @Test
  void accept_expiredCertificate_isRefused() throws IOException {
    tries(
        Credentials.transport()
            .tls(CLUSTER.with(CLUSTER.ours.expired("old", "localhost")))
            .secret(Credentials.SECRET));

    assertRefused(3, "has a certificate that has expired");
  }

  @Test
  void accept_noCertificate_isRefused() throws Exception {
    for (int i = 0; i < 3; i++) {
      try (RawPeer raw = new RawPeer(tls(anybody()))) {
        raw.awaitClosed();
      }
    }

    assertRefused(3, "shows no certificate");
  }

  @Test
  void accept_wrongSecret_isRefused() throws IOException {
    tries(CLUSTER.secured("stranger").secret(Credentials.secret("another cluster's secret")));

    assertRefused(3, "does not know the cluster's secret");
  }

  @Test
  void accept_noSecret_isRefusedAndBothSayWhy() throws IOException {
    Heard stranger = tries(Credentials.transport().tls(CLUSTER.good("stranger")));

    assertThat(stranger.unreachable).contains("asks for a cluster secret; this node has none");
    // Which of the two finds out first is a matter of the network.
    ThreadedCluster.until(() -> transport.refusedConnections() >= 3);
    assertThat(heard.connected).isEmpty();
    assertThat(refusals()).isNotEmpty();
  }

  @Test
  void accept_plainNode_isRefused() throws IOException {
    tries(Credentials.transport().secret(Credentials.SECRET));

    assertRefused(3, "sent something else than TLS");
  }

  @Test
  void accept_plainText_isRefused() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (RawPeer raw = RawPeer.dial(transport.address())) {
        raw.bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        raw.awaitClosed();
      }
    }

    assertRefused(3, "sent something else than TLS");
  }

  @Test
  void accept_portScan_isForgotten() throws IOException {
    for (int i = 0; i < 20; i++) {
      RawPeer.dial(transport.address()).close();
    }

    assertRefused(20, "closed");
  }

  @Test
  void accept_silenceBehindTls_isClosedAtTheTimeout() throws Exception {
    Heard shortHeard = new Heard();
    NettyTransport hasty =
        open(
            "hasty", shortHeard, CLUSTER.secured("hasty").handshakeTimeout(Duration.ofMillis(200)));
    try (RawPeer raw = RawPeer.dial(hasty.address())) {
      raw.awaitClosed();
    }

    ThreadedCluster.until(() -> hasty.refusedConnections() == 1);
  }

  @Test
  void dial_certificateForAnotherHost_isRefusedAndCounted() throws IOException {
    Tls other = CLUSTER.with(CLUSTER.ours.of("elsewhere", "elsewhere.example"));
    NettyTransport elsewhere =
        open(
            "elsewhere",
            new Heard(),
            Credentials.transport().tls(other).secret(Credentials.SECRET));

    transport.seek(Set.of(new NodeAddress("localhost", elsewhere.address().port())));

    ThreadedCluster.until(() -> heard.unreachable.size() >= 3);
    assertThat(heard.unreachable).contains("has a certificate for another host");
    assertThat(transport.refusedConnections()).isPositive();
    assertThat(heard.connected).isEmpty();
    elsewhere.close();
  }

  @Test
  void dial_certificateForAnotherHostWhereNamesDoNotCount_connects() throws IOException {
    Heard anyHeard = new Heard();
    Tls any = CLUSTER.with(CLUSTER.ours.of("any", "any.example")).withoutHostNames();
    NettyTransport dialler =
        open("any", anyHeard, Credentials.transport().tls(any).secret(Credentials.SECRET));
    Tls other = CLUSTER.with(CLUSTER.ours.of("elsewhere", "elsewhere.example"));
    NettyTransport elsewhere =
        open(
            "elsewhere",
            new Heard(),
            Credentials.transport().tls(other).secret(Credentials.SECRET));

    dialler.seek(Set.of(new NodeAddress("localhost", elsewhere.address().port())));

    ThreadedCluster.until(() -> anyHeard.connected.size() == 1);
  }

  @Test
  void dial_nodeOfAnotherAuthority_isRefusedAndCounted() throws IOException {
    Tls foreign = CLUSTER.with(CLUSTER.theirs.of("foreign", "localhost"));
    NettyTransport stranger =
        open(
            "foreign",
            new Heard(),
            Credentials.transport().tls(foreign).secret(Credentials.SECRET));

    transport.seek(Set.of(stranger.address()));

    ThreadedCluster.until(() -> transport.refusedConnections() >= 3);
    assertThat(heard.unreachable).contains("has a certificate of nobody who is trusted here");
    assertThat(heard.connected).isEmpty();
    stranger.close();
  }

  @Test
  void dial_otherEndAsksForNoCertificate_isRefusedAndCounted() throws IOException {
    SSLContext careless = CLUSTER.good("careless").serving();
    try (ServerSocket server =
        careless
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      transport.seek(Set.of(new NodeAddress("localhost", server.getLocalPort())));
      for (int i = 0; i < 3; i++) {
        try (RawPeer raw = new RawPeer(server.accept())) {
          raw.frame(
              ByteBuffer.wrap(new Proof(Credentials.SECRET, false, hello("careless")).hello()));
          raw.awaitClosed();
        }
      }
    }

    ThreadedCluster.until(() -> transport.refusedConnections() >= 3);
    assertThat(heard.unreachable).contains("asks for no certificate; a node does");
    assertThat(heard.connected).isEmpty();
  }

  // ---- the proof, over plain sockets, where everything can be heard and said again

  @Test
  void accept_proofThatWasHeardBefore_isRefused() throws IOException {
    Heard plainHeard = new Heard();
    NettyTransport plain =
        open("plain", plainHeard, Credentials.transport().secret(Credentials.SECRET));
    Proof proof = new Proof(Credentials.SECRET, true, hello("known"));
    ByteBuffer proven;
    try (RawPeer real = RawPeer.dial(plain.address())) {
      real.frame(ByteBuffer.wrap(proof.hello()));
      proof.heard(bytes(real.readFrame()), new byte[0], new byte[0]);
      proven = ByteBuffer.wrap(proof.own());
      real.frame(proven.duplicate());
      assertThat(proof.isProven(bytes(real.readFrame()))).isTrue();
      assertThat(real.readFrame()).isEqualTo(Verdict.ACCEPT.encode());
    }
    ThreadedCluster.until(() -> plainHeard.disconnected.size() == 1);

    for (int i = 0; i < 3; i++) {
      try (RawPeer replay = RawPeer.dial(plain.address())) {
        replay.frame(ByteBuffer.wrap(proof.hello()));
        replay.readFrame();
        replay.frame(proven.duplicate());
        Assertions.assertThatThrownBy(replay::readFrame).isInstanceOf(IOException.class);
      }
    }

    ThreadedCluster.until(() -> plain.refusedConnections() == 3);
    assertThat(plainHeard.connected).hasSize(1);
  }

  @Test
  void accept_strangerWithoutProof_getsNone() throws IOException {
    NettyTransport plain =
        open(
            "plain",
            new Heard(),
            Credentials.transport()
                .secret(Credentials.SECRET)
                .handshakeTimeout(Duration.ofMillis(200)));
    try (RawPeer raw = RawPeer.dial(plain.address())) {
      raw.frame(ByteBuffer.wrap(new Proof(Credentials.SECRET, true, hello("curious")).hello()));
      raw.readFrame();

      Assertions.assertThatThrownBy(raw::readFrame).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void dial_mirrorOfWhatThisEndSays_isRefused() throws IOException {
    Heard plainHeard = new Heard();
    NettyTransport plain =
        open("plain", plainHeard, Credentials.transport().secret(Credentials.SECRET));
    try (ServerSocket mirror = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      plain.seek(Set.of(new NodeAddress("127.0.0.1", mirror.getLocalPort())));
      for (int i = 0; i < 2; i++) {
        try (Socket socket = mirror.accept()) {
          socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
          // reset: refused
        }
      }
    }

    ThreadedCluster.until(() -> plain.refusedConnections() >= 2);
    assertThat(plainHeard.unreachable).contains("does not know the cluster's secret");
    assertThat(plainHeard.located).isEmpty();
  }

  @Test
  void connect_secretAlone_connects() throws IOException {
    Heard one = new Heard();
    NettyTransport first = open("first", one, Credentials.transport().secret(Credentials.SECRET));
    NettyTransport second =
        open("second", new Heard(), Credentials.transport().secret(Credentials.SECRET));

    second.seek(Set.of(first.address()));

    ThreadedCluster.until(() -> one.connected.size() == 1);
  }

  /** The secret holds even against somebody who has a certificate that both ends trust. */
  @Test
  void proof_otherCertificateInBetween_doesNotHold() {
    Proof dials = new Proof(Credentials.SECRET, true, hello("a"));
    Proof accepts = new Proof(Credentials.SECRET, false, hello("b"));
    byte[] middle = {7};
    dials.heard(accepts.hello(), new byte[] {1}, middle);
    accepts.heard(dials.hello(), new byte[] {2}, middle);

    assertThat(accepts.isProven(dials.own())).isFalse();
    assertThat(dials.isProven(accepts.own())).isFalse();
  }

  // ---- files that are replaced

  @Test
  void files_replacedByThoseOfAnotherAuthority_areUsedWithoutARestart() throws IOException {
    Certificates first = new Certificates(CLUSTER.folder, "first");
    Certificates.Issued node = first.of("rotating", "localhost");
    Heard rotatingHeard = new Heard();
    NettyTransport rotating =
        open(
            "rotating",
            rotatingHeard,
            Credentials.transport()
                .tls(Tls.pem(node.certificate(), node.key(), first.trusted("first")))
                .secret(Credentials.SECRET));
    rotating.seek(Set.of(transport.address()));
    ThreadedCluster.until(() -> rotatingHeard.unreachable.size() >= 3);
    assertThat(rotatingHeard.connected).isEmpty();

    // File by file, as a person would do it; what is there in between does not go together.
    Certificates.Issued valid = CLUSTER.ours.of("valid", "localhost");
    Certificates.replace(node.certificate(), valid.certificate());
    Certificates.replace(node.key(), valid.key());
    Certificates.replace(first.trusted("first"), CLUSTER.ours.trusted("ours"));

    ThreadedCluster.until(() -> rotatingHeard.connected.size() == 1);
    ThreadedCluster.until(() -> heard.connected.size() == 1);
  }

  @Test
  void files_replacedByRubbish_theFormerGoOn() throws IOException {
    Certificates.Issued node = CLUSTER.ours.of("damaged", "localhost");
    Heard damagedHeard = new Heard();
    Tls tls = CLUSTER.with(node);
    Files.writeString(node.key(), "rubbish");
    assertThat(tls.refresh()).isFalse();
    NettyTransport damaged =
        open("damaged", damagedHeard, Credentials.transport().tls(tls).secret(Credentials.SECRET));

    damaged.seek(Set.of(transport.address()));

    ThreadedCluster.until(() -> damagedHeard.connected.size() == 1);
  }

  @Test
  void secret_fileReplaced_isAskedOfNewPeersAndFormerPeersStay(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "the secret of before");
    Heard hostHeard = new Heard();
    NettyTransport host =
        open("rotating", hostHeard, Credentials.transport().secret(Secret.file(file)));
    Heard formerHeard = new Heard();
    Secret before = Credentials.secret("the secret of before");
    open("former", formerHeard, Credentials.transport().secret(before))
        .seek(Set.of(host.address()));
    ThreadedCluster.until(() -> formerHeard.connected.size() == 1);
    Heard newHeard = new Heard();
    open("newcomer", newHeard, Credentials.transport().secret(Credentials.SECRET))
        .seek(Set.of(host.address()));
    ThreadedCluster.until(() -> newHeard.unreachable.size() >= 3);
    assertThat(newHeard.connected).isEmpty();

    Files.writeString(file, "the secret of this very cluster\n");

    ThreadedCluster.until(() -> newHeard.connected.size() == 1);
    Heard lateHeard = new Heard();
    open("late", lateHeard, Credentials.transport().secret(before)).seek(Set.of(host.address()));
    ThreadedCluster.until(() -> lateHeard.unreachable.size() >= 3);
    assertThat(lateHeard.connected).isEmpty();
    assertThat(formerHeard.disconnected).isEmpty();
  }

  private static byte[] hello(String name) {
    return new Hello(RawPeer.LARGEST, name, new NodeAddress("127.0.0.1", 1)).encodeForProof();
  }

  private static byte[] bytes(ByteBuffer frame) {
    byte[] bytes = new byte[frame.remaining()];
    frame.duplicate().get(bytes);
    return bytes;
  }

  private SSLSocket tls(SSLContext context) throws IOException {
    NodeAddress address = transport.address();
    return (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port());
  }

  /** Trusts the authority, and has no certificate of its own. */
  private static SSLContext anybody() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, CLUSTER.ours.trustManagers(), null);
    return context;
  }
}
