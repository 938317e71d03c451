package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.server.daemon.DiscoveryOption;
import dev.cets.server.daemon.Engine;
import dev.cets.server.daemon.JdbcSettings;
import dev.cets.server.daemon.NodeDaemon;
import dev.cets.server.daemon.NodeSettings;
import dev.cets.server.daemon.Protection;
import dev.cets.server.daemon.TableOption;
import dev.cets.server.http.Token;
import dev.cets.server.http.Tokens;
import dev.cets.testrules.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes with certificates, a secret and tokens, and the command line that talks with them. */
class SecuredNodesTest {
  private static final String READING = "the-token-for-reading";
  private static final String ADMIN = "the-token-of-administrators";

  @TempDir private Path folder;
  private final List<NodeDaemon> daemons = new ArrayList<>();
  private Certificates authority;
  private Path reading;
  private Path admin;

  @BeforeEach
  void issue() throws IOException {
    authority = new Certificates(folder, "ca");
    reading = Files.writeString(folder.resolve("reading"), READING + "\n");
    admin = Files.writeString(folder.resolve("admin"), ADMIN + "\n");
  }

  @AfterEach
  void close() {
    daemons.forEach(NodeDaemon::close);
  }

  private NodeDaemon start(Engine engine, String name, String secret, int... others)
      throws Exception {
    Certificates.Issued issued = authority.of(name, "localhost");
    List<String> places = new ArrayList<>();
    for (int other : others) {
      places.add("localhost:" + other);
    }
    NodeDaemon daemon =
        NodeDaemon.start(
            new NodeSettings(
                name,
                "cets",
                engine,
                "127.0.0.1",
                "127.0.0.1",
                null,
                0,
                0,
                places.isEmpty()
                    ? List.of()
                    : List.of(
                        DiscoveryOption.parse("static:" + String.join(",", places))
                            .backEnd(0, JdbcSettings.defaults())),
                List.of(TableOption.parse("places:set:id")),
                new Protection(
                    Tls.pem(issued.certificate(), issued.key(), authority.trusted("ca")),
                    Secret.of(secret.getBytes(StandardCharsets.US_ASCII)),
                    new Tokens(Token.of(READING), Token.of(ADMIN)),
                    false),
                node -> node));
    daemons.add(daemon);
    return daemon;
  }

  private CliRun cli(NodeDaemon daemon, Path token, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--http", "localhost:" + daemon.httpPort()));
    all.addAll(List.of("--ca", authority.trusted("ca").toString()));
    if (token != null) {
      all.addAll(List.of("--token-file", token.toString()));
    }
    return CliRun.of(all.toArray(String[]::new));
  }

  @Test
  void commands_withAuthorityAndToken_readAndWriteOnEveryNode() throws Exception {
    writesComeToTheOtherNode(Engine.NETTY);
  }

  @Test
  void commands_overJGroups_readAndWriteOnEveryNode() throws Exception {
    writesComeToTheOtherNode(Engine.JGROUPS);
  }

  private void writesComeToTheOtherNode(Engine engine) throws Exception {
    NodeDaemon first = start(engine, "n1", "the secret of this cluster");
    NodeDaemon second = start(engine, "n2", "the secret of this cluster", first.port());
    Eventually.is(
        "both are joined", () -> cli(first, reading, "status").out().contains("joined: n1, n2"));

    assertThat(cli(first, admin, "insert", "places", "{\"id\":1}").exitCode()).isZero();

    assertThat(cli(second, reading, "get", "places", "1").out()).contains("{\"id\":1}");
  }

  @Test
  void node_ofAnotherSecret_isRefusedCountedAndShown() throws Exception {
    strangerIsRefused(Engine.NETTY);
  }

  @Test
  void node_ofAnotherSecretOverJGroups_isRefusedCountedAndShown() throws Exception {
    strangerIsRefused(Engine.JGROUPS);
  }

  private void strangerIsRefused(Engine engine) throws Exception {
    NodeDaemon first = start(engine, "n1", "the secret of this cluster");
    start(engine, "n2", "the secret of others here", first.port());

    Eventually.is(
        "n2 was refused",
        () -> cli(first, reading, "status").out().contains("refused connections: "));
    assertThat(cli(first, reading, "status").out()).contains("available: n1\n");
  }

  @Test
  void command_withoutOrWithTheOtherToken_isRefusedWithOneSentence() throws Exception {
    NodeDaemon node = start(Engine.NETTY, "n1", "the secret of this cluster");

    CliRun none = cli(node, null, "status");
    CliRun reader = cli(node, reading, "insert", "places", "{\"id\":1}");

    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.err()).contains("a token of this node is needed");
    assertThat(reader.exitCode()).isEqualTo(1);
    assertThat(reader.err()).contains("this token is for reading");
  }

  @Test
  void command_otherAuthority_saysThatTheNodeIsNotBelieved() throws Exception {
    NodeDaemon node = start(Engine.NETTY, "n1", "the secret of this cluster");
    Path other = new Certificates(folder, "other").trusted("other");

    CliRun run =
        CliRun.of("status", "--http", "localhost:" + node.httpPort(), "--ca", other.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is not believed");
  }

  @Test
  void command_tokenOverPlainHttpToAnotherMachine_isRefusedBeforeItIsSent() {
    CliRun run =
        CliRun.of("status", "--http", "192.0.2.1:7880", "--token-file", reading.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("could be read on its way");
  }
}
