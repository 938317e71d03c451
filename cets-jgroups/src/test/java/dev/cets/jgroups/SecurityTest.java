package dev.cets.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.io.DataInputStream;
import java.io.IOException;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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
    return secured(with(ours.of(name, "localhost")));
  }

  private static JGroupsTransport.Builder secured(Tls tls) {
    return JGroupsTransport.builder().tls(tls).secret(SECRET).refresh(Duration.ofMillis(20));
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
  void accept_noCertificate_isRefusedWithTheReason() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(JGroupsTransport.class);
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    log.start();
    try {
      for (int i = 0; i < 3; i++) {
        try (Socket socket = dialWithoutCertificate()) {
          awaitClosed(socket);
        }
      }

      ThreadedCluster.until(() -> transport.refusedConnections() == 3);
      assertThat(heard.connected).isEmpty();
      // Nobody else's: other classes are tested at the same time.
      assertThat(List.copyOf(log.list))
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains("shows no certificate"))
          .hasSize(1);
    } finally {
      logger.detachAppender(log);
      logger.setLevel(null);
    }
  }

  /** It trusts the authority, and has nothing to show. */
  private Socket dialWithoutCertificate() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, ours.trustManagers(), null);
    NodeAddress address = transport.address();
    Socket socket = context.getSocketFactory().createSocket(address.host(), address.port());
    socket.setSoTimeout(30_000);
    return socket;
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

  // ---- files that are replaced while nodes run

  @Test
  void files_replacedByThoseOfAnotherAuthority_areUsedWithoutARestart() throws IOException {
    Certificates first = new Certificates(folder, "first");
    Certificates.Issued node = first.of("rotating", "localhost");
    Heard rotatingHeard = new Heard();
    JGroupsTransport rotating =
        open(
            "rotating",
            rotatingHeard,
            secured(Tls.pem(node.certificate(), node.key(), first.trusted("first"))));
    rotating.seek(Set.of(transport.address()));
    ThreadedCluster.until(() -> rotating.refusedConnections() >= 2);
    assertThat(rotatingHeard.connected).isEmpty();

    // File by file, as a person would do it; what is there in between does not go together.
    Certificates.Issued valid = ours.of("valid", "localhost");
    Certificates.replace(node.certificate(), valid.certificate());
    Certificates.replace(node.key(), valid.key());
    Certificates.replace(first.trusted("first"), ours.trusted("ours"));

    ThreadedCluster.until(() -> rotatingHeard.connected.size() == 1);
    ThreadedCluster.until(() -> heard.connected.size() == 1);
  }

  /** The end that is dialled has them as well, and who is connected stays so. */
  @Test
  void files_ofTheHostReplaced_newPeersSeeTheNewOnesAndFormerPeersStay() throws IOException {
    Certificates old = new Certificates(folder, "old");
    Certificates.Issued files = old.of("rotating-host", "localhost");
    Heard hostHeard = new Heard();
    JGroupsTransport host =
        open(
            "rotating-host",
            hostHeard,
            secured(Tls.pem(files.certificate(), files.key(), old.trusted("old"))));
    Certificates.Issued theirs = old.of("former", "localhost");
    Heard formerHeard = new Heard();
    JGroupsTransport former =
        open(
            "former",
            formerHeard,
            secured(Tls.pem(theirs.certificate(), theirs.key(), old.trusted("old"))));
    former.seek(Set.of(host.address()));
    ThreadedCluster.until(() -> formerHeard.connected.size() == 1);

    Certificates.Issued renewed = ours.of("renewed", "localhost");
    Certificates.replace(files.certificate(), renewed.certificate());
    Certificates.replace(files.key(), renewed.key());
    Certificates.replace(old.trusted("old"), ours.trusted("ours"));
    Heard newHeard = new Heard();
    JGroupsTransport newcomer = open("newcomer", newHeard, secured("newcomer"));
    newcomer.seek(Set.of(host.address()));

    ThreadedCluster.until(() -> newHeard.connected.size() == 1);
    assertThat(formerHeard.disconnected).isEmpty();
    assertThat(hostHeard.disconnected).isEmpty();
  }

  @Test
  void secret_fileReplaced_isAskedOfNewPeersAndFormerPeersStay() throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "the secret of before");
    Heard hostHeard = new Heard();
    JGroupsTransport host = open("rotating", hostHeard, withSecret(Secret.file(file)));
    Heard formerHeard = new Heard();
    open("former", formerHeard, withSecret(secret("the secret of before")))
        .seek(Set.of(host.address()));
    ThreadedCluster.until(() -> formerHeard.connected.size() == 1);
    Heard newHeard = new Heard();
    open("newcomer", newHeard, withSecret(SECRET).answerTimeout(SOON)).seek(Set.of(host.address()));
    ThreadedCluster.until(() -> host.refusedConnections() >= 2);
    assertThat(newHeard.connected).isEmpty();

    Files.writeString(file, "the secret of this very cluster\n");

    ThreadedCluster.until(() -> newHeard.connected.size() == 1);
    assertThat(formerHeard.disconnected).isEmpty();
    assertThat(hostHeard.disconnected).isEmpty();
  }

  private static JGroupsTransport.Builder withSecret(Secret known) {
    return JGroupsTransport.builder().secret(known).refresh(Duration.ofMillis(20));
  }

  @Test
  void files_replacedByRubbish_theFormerGoOn() throws IOException {
    Certificates.Issued node = ours.of("damaged", "localhost");
    Tls tls = with(node);
    Files.writeString(node.key(), "rubbish");
    assertThat(tls.refresh()).isFalse();
    Heard damagedHeard = new Heard();
    JGroupsTransport damaged = open("damaged", damagedHeard, secured(tls));

    damaged.seek(Set.of(transport.address()));

    ThreadedCluster.until(() -> damagedHeard.connected.size() == 1);
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
