package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.demo.ChildNode;
import dev.cets.testrules.HeldPorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Processes that know each other from a PostgreSQL database, which asks for a password. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class DatabaseDiscoveryTest {
  private static final String SECRET = "only for friends";
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;
  private final List<ChildNode> nodes = new ArrayList<>();
  private final HeldPorts ports;
  private final int databasePort;

  DatabaseDiscoveryTest() throws IOException {
    ports = HeldPorts.of(1);
    databasePort = ports.port();
  }

  @BeforeEach
  void begin() throws Exception {
    // As the database's own program refuses root, it is started in a name space of users.
    assumeTrue(
        !System.getProperty("user.name").equals("root")
            || new ProcessBuilder("unshare", "-U", "true").start().waitFor() == 0,
        "PostgreSQL does not run as root, and 'unshare -U' is not allowed here");
  }

  @AfterEach
  void end() {
    nodes.forEach(node -> node.process().destroyForcibly());
    ports.close();
  }

  private EmbeddedPostgres startDatabase() throws Exception {
    Path rules =
        Files.writeString(
            directory.resolve("hba.conf"),
            """
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """);
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setPort(databasePort)
            .setServerConfig("hba_file", rules.toString())
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE cets LOGIN PASSWORD '" + SECRET + "'");
      statement.execute("CREATE DATABASE chat OWNER cets");
    }
    return server;
  }

  private String url() {
    return "jdbc:postgresql://127.0.0.1:" + databasePort + "/chat";
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  private void start(String name, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--http", "0", "--table", "kept:set:id:keep"));
    arguments.addAll(List.of(more));
    nodes.add(ChildNode.start(name, arguments, log(name)));
  }

  private void startByOptions(String name, String password) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".password"), password + "\n");
    start(
        name,
        "--discovery=" + url(),
        "--jdbc-user=cets",
        "--jdbc-password-file=" + file,
        "--jdbc-create-table=true");
  }

  private void startByFile(String name) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve(name + ".yaml"),
            """
            discovery: %s
            jdbc-user: cets
            jdbc-password: %s
            jdbc-create-table: true
            """
                .formatted(url(), SECRET));
    start(name, "--config", file.toString());
  }

  private JsonNode status(int node) throws Exception {
    return CliRun.of("status", "--json", "--http", http(node)).json();
  }

  private String http(int node) throws Exception {
    return String.valueOf(nodes.get(node).awaitHttpPort(START_LIMIT));
  }

  private void awaitReason(int node, String reason) throws Exception {
    Eventually.is(
        "node " + node + " tells that " + reason,
        () -> status(node).path("reasons").toString().contains(reason));
  }

  @Test
  void discovery_aDatabaseThatComesLater_threeProcessesFindEachOtherAndHaveNumbers()
      throws Exception {
    startByFile("n1");
    startByOptions("n2", SECRET);
    startByOptions("n3", SECRET);
    for (int node = 0; node < 3; node++) {
      awaitReason(
          node, "discovery by " + url() + ": Connection to 127.0.0.1:" + databasePort + " refused");
      assertThat(status(node).path("discoveryWorks").asBoolean()).isFalse();
      assertThat(status(node).path("joinedNodes")).hasSize(1);
      assertThat(status(node).has("number")).isFalse();
    }

    try (var database = startDatabase()) {
      assertThat(database.getPort()).isEqualTo(databasePort);
      Set<Integer> numbers = new TreeSet<>();
      for (int node = 0; node < 3; node++) {
        int each = node;
        Eventually.is(
            "three are joined at node " + node,
            () -> status(each).path("joinedNodes").toString().equals("[\"n1\",\"n2\",\"n3\"]"));
        Eventually.is("discovery works", () -> status(each).path("discoveryWorks").asBoolean());
        CliRun shown = CliRun.of("status", "--http", http(node));
        assertThat(shown.out())
            .contains("number: " + status(node).path("number").asInt() + "\n")
            .contains("discovery: " + url() + ",");
        numbers.add(status(node).path("number").asInt());
        assertThat(Files.readAllLines(log("n" + (node + 1))))
            .allMatch(line -> line.matches("\\d\\d:.*"), "one line per event, no stack trace")
            .noneMatch(line -> line.contains(SECRET))
            .anyMatch(line -> line.contains("discovery by " + url() + " does not answer: "))
            .anyMatch(line -> line.contains("discovery by " + url() + " answers again"));
      }
      assertThat(numbers).containsExactly(1, 2, 3);

      startByOptions("n4", "wrong");
      awaitReason(3, "FATAL: password authentication failed for user \\\"cets\\\"");
      assertThat(status(3).toString()).doesNotContain("wrong");
    }
  }

  @Test
  void discovery_mariaDbThatIsNotThere_isToldInOneLine() throws Exception {
    start("n1", "--discovery=jdbc:mariadb://127.0.0.1:" + databasePort + "/chat");

    awaitReason(0, "Socket fail to connect to 127.0.0.1:" + databasePort + ". Connection refused");
    assertThat(Files.readAllLines(log("n1")))
        .singleElement()
        .asString()
        .contains(
            "discovery by jdbc:mariadb://127.0.0.1:" + databasePort + "/chat does not answer");
  }

  @Test
  void node_aUrlThatNoDriverTakes_endsWithExitCode2AndOneLine() throws Exception {
    start("n1", "--discovery=jdbc:postgresql://db:port/chat");

    Process process = nodes.getFirst().process();
    assertThat(process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(2);
    assertThat(Files.readAllLines(log("n1")))
        .singleElement()
        .asString()
        .startsWith("cets node: ")
        .contains("no database driver that is on the class path takes jdbc:postgresql://db:port/");
  }
}
