package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.engine.Proof;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.NodeAddress;
import dev.cets.testkit.ThreadedCluster;
import dev.cets.testrules.Certificates;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes to a channel without what its cluster asks for is refused; others go on. */
class SecurityTest {
  private static final Secret SECRET = secret("the secret of this very cluster");

  private static final Duration SOON = Duration.ofMillis(300);

  @TempDir private Path folder;
  private final Heard heard = new Heard();
  private final List<JGroupsTransport> opened = new ArrayList<>();
  private Certificates ours;
  private JGroupsTransport transport;

  private static Secret secret(String text) {
    return Secret.of(text.getBytes(StandardCharsets.US_ASCII));
  }

  @BeforeEach
  void start() throws IOException {
    ours = new Certificates(folder, "ours");
    transport = open("host", heard, secured("host"));
  }

  /** Whatever happened, a real peer is served. */
  @AfterEach
  void servesARealPeer() throws IOException {
    try {
      Heard peerHeard = new Heard();
      JGroupsTransport peer = open("peer", peerHeard, secured("peer"));
      peer.seek(Set.of(new NodeAddress("localhost", transport.address().port())));
      ThreadedCluster.until(() -> peerHeard.connected.size() == 1);
      ThreadedCluster.until(
          () -> heard.connected.stream().anyMatch(c -> c.peerName().equals("peer")));
    } finally {
      opened.forEach(JGroupsTransport::close);
    }
  }

  private JGroupsTransport open(String name, Heard listener, JGroupsTransport.Builder builder)
      throws IOException {
    JGroupsTransport made = builder.redial(Duration.ofMillis(5), Duration.ofMillis(50)).build();
    opened.add(made);
    made.start(name, listener);
    return made;
  }

  private Tls with(Certificates.Issued certificate) {
    return Tls.pem(certificate.certificate(), certificate.key(), ours.trusted("ours"));
  }

  private JGroupsTransport.Builder secured(String name) {
    return JGroupsTransport.builder().tls(with(ours.of(name, "localhost"))).secret(SECRET);
  }

  private Heard tries(JGroupsTransport.Builder bad) throws IOException {
    Heard badHeard = new Heard();
    // What counts here is that it tries again.
    JGroupsTransport stranger = open("stranger", badHeard, bad.answerTimeout(SOON));
    stranger.seek(Set.of(transport.address()));
    ThreadedCluster.until(() -> transport.refusedConnections() >= 2);
    stranger.close();
    assertThat(badHeard.connected).isEmpty();
    assertThat(heard.connected).isEmpty();
    return badHeard;
  }

  @Test
  void accept_certificateOfAnAuthorityOfTheSameName_isRefused(@TempDir Path other)
      throws IOException {
    Certificates.Issued forged = new Certificates(other, "ours").of("forged", "localhost");

    tries(JGroupsTransport.builder().tls(with(forged)).secret(SECRET));
  }

  @Test
  void accept_expiredCertificate_isRefused() throws IOException {
    tries(JGroupsTransport.builder().tls(with(ours.expired("old", "localhost"))).secret(SECRET));
  }

  @Test
  void accept_wrongSecret_isRefused() throws IOException {
    tries(secured("stranger").secret(secret("the secret of another cluster")));
  }

  @Test
  void accept_noSecret_isRefused() throws IOException {
    tries(JGroupsTransport.builder().tls(with(ours.of("stranger", "localhost"))));
  }

  @Test
  void accept_plainNode_isRefused() throws IOException {
    tries(JGroupsTransport.builder());
  }

  @Test
  void accept_garbageAndPortScan_areRefused() throws IOException {
    for (int i = 0; i < 5; i++) {
      try (Socket socket = dial(transport)) {
        socket
            .getOutputStream()
            .write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        awaitClosed(socket);
      }
      dial(transport).close();
    }

    ThreadedCluster.until(() -> transport.refusedConnections() == 10);
    assertThat(heard.connected).isEmpty();
  }

  /** JGroups looks at one connection after the other; many that say nothing must not matter. */
  @Test
  void accept_manySilentStrangers_aPeerIsServedMeanwhile() throws IOException {
    List<Socket> silent = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      silent.add(dial(transport));
    }
    Heard peerHeard = new Heard();
    JGroupsTransport peer = open("early", peerHeard, secured("early"));
    peer.seek(Set.of(transport.address()));

    ThreadedCluster.until(() -> peerHeard.connected.size() == 1);
    for (Socket socket : silent) {
      socket.close();
    }
  }

  @Test
  void dial_certificateForAnotherHost_isRefusedAndCounted() throws IOException {
    JGroupsTransport elsewhere =
        open(
            "elsewhere",
            new Heard(),
            JGroupsTransport.builder()
                .tls(with(ours.of("elsewhere", "elsewhere.example")))
                .secret(SECRET));

    transport.seek(Set.of(new NodeAddress("localhost", elsewhere.address().port())));

    ThreadedCluster.until(() -> transport.refusedConnections() >= 2);
    ThreadedCluster.until(() -> !heard.unreachable.isEmpty());
    assertThat(heard.unreachable.get(0)).contains("has a certificate for another host");
    assertThat(heard.connected).isEmpty();
    elsewhere.close();
  }

  @Test
  void accept_proofThatWasHeardBefore_isRefused() throws IOException {
    JGroupsTransport plain = open("plain", new Heard(), JGroupsTransport.builder().secret(SECRET));
    byte[] name = {'C', 'E', 'T', 'S', 1, 'x'};
    Proof proof = new Proof(SECRET, true, name);
    byte[] proven;
    try (Socket real = dial(plain)) {
      DataInputStream in = new DataInputStream(real.getInputStream());
      real.getOutputStream().write(framed(proof.hello()));
      byte[] hello = in.readNBytes(in.readUnsignedShort());
      proof.heard(hello, new byte[0], new byte[0]);
      proven = proof.own();
      real.getOutputStream().write(proven);
      assertThat(proof.isProven(in.readNBytes(32))).isTrue();
    }
    assertThat(plain.refusedConnections()).isZero();

    try (Socket replay = dial(plain)) {
      DataInputStream in = new DataInputStream(replay.getInputStream());
      replay.getOutputStream().write(framed(proof.hello()));
      in.readNBytes(in.readUnsignedShort());
      replay.getOutputStream().write(proven);
      assertThat(in.readNBytes(32)).isEmpty();
    }
    ThreadedCluster.until(() -> plain.refusedConnections() == 1);
  }

  @Test
  void connect_secretAlone_connects() throws IOException {
    Heard one = new Heard();
    JGroupsTransport first = open("first", one, JGroupsTransport.builder().secret(SECRET));
    JGroupsTransport second =
        open("second", new Heard(), JGroupsTransport.builder().secret(SECRET));

    second.seek(Set.of(first.address()));

    ThreadedCluster.until(() -> one.connected.size() == 1);
  }

  @Test
  void build_boundWhereOthersReachIt_needsTlsAndSecret() {
    JGroupsTransport.Builder exposed = JGroupsTransport.builder().bind("192.0.2.1");

    assertThatThrownBy(exposed::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "192.0.2.1 can be reached from other machines, so tls and secret are both needed;"
                + " insecure() allows it without");
    exposed.tls(with(ours.of("exposed", "localhost"))).secret(SECRET).build().close();
  }

  private static byte[] framed(byte[] hello) {
    return ByteBuffer.allocate(2 + hello.length).putShort((short) hello.length).put(hello).array();
  }

  private static Socket dial(JGroupsTransport to) throws IOException {
    Socket socket = new Socket(to.address().host(), to.address().port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static void awaitClosed(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // reset: closed as well
    }
  }
}
