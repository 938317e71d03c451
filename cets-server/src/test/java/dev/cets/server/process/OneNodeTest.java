package dev.cets.server.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.demo.ChildNode;
import dev.cets.testrules.HeldPorts;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One daemon in this process, and the command line against it. */
@Timeout(120)
class OneNodeTest {
  @TempDir private Path directory;
  private OneDaemon daemon;

  @BeforeEach
  void start() throws Exception {
    daemon = new OneDaemon("places:set:id:keep");
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  private CliRun cli(String... args) {
    return daemon.cli(args);
  }

  private static void assertOneLine(CliRun run, int exitCode, String... parts) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(parts);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void insertGetDelete_withJson_printOneDocumentEach() throws Exception {
    CliRun insert = cli("insert", "places", "{\"id\":\"a b/c\",\n \"n\":1}", "--json");
    assertThat(insert.json().toString())
        .isEqualTo("{\"written\":1,\"appliedBy\":[\"n1\"],\"left\":[]}");
    CliRun get = cli("get", "places", "a b/c", "--json");
    assertThat(get.exitCode()).isZero();
    assertThat(get.json().path("n").asInt()).isEqualTo(1);
    CliRun delete = cli("delete", "places", "a b/c", "--json");
    assertThat(delete.json().toString())
        .isEqualTo("{\"deleted\":1,\"appliedBy\":[\"n1\"],\"left\":[]}");
    assertThat(cli("delete", "places", "a b/c").exitCode()).isZero();
  }

  @Test
  void metrics_afterAWrite_tellIt() throws Exception {
    assertThat(cli("insert", "places", "{\"id\":\"1\"}").exitCode()).isZero();
    String text = daemon.send("GET", "/metrics", "").body();
    assertThat(text.lines())
        .contains(
            "cets_node_up{cluster=\"cets\",node=\"n1\"} 1.0",
            "cets_refused_requests_total{cluster=\"cets\",node=\"n1\"} 0.0",
            "cets_writes_seconds_count{cluster=\"cets\",node=\"n1\",operation=\"insert\","
                + "result=\"applied\",table=\"places\"} 1")
        .anyMatch(line -> line.startsWith("cets_table_records{"))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"));
  }

  @Test
  void tablesAndStatus_withJson_printOneDocumentEach() throws Exception {
    assertThat(cli("tables", "--json").json().path("tables").path(0).path("name").asText())
        .isEqualTo("places");
    assertThat(cli("status", "--json").json().path("node").asText()).isEqualTo("n1");
    assertThat(cli("tables").out()).contains("RECORDS", "places", "KEEP");
    assertThat(cli("status").out()).contains("node n1 of cluster cets", "available: n1");
  }

  @Test
  void get_absentKey_isExitCode1() {
    assertOneLine(cli("get", "places", "x"), 1, "'places'", "'x'");
  }

  @Test
  void anything_unknownTable_namesItAndThoseThatThereAre() {
    String expected = "this node has no table 'people'; it has places";
    assertOneLine(cli("get", "people", "x"), 1, expected);
    assertOneLine(cli("dump", "people"), 1, expected);
    assertOneLine(cli("insert", "people", "{\"id\":1}"), 1, expected);
    assertOneLine(cli("delete", "people", "x"), 1, expected);
  }

  @Test
  void insert_withoutKeyField_namesIt() {
    assertOneLine(cli("insert", "places", "{\"name\":1}"), 1, "no field 'id'");
    assertOneLine(cli("insert", "places", "nonsense"), 1, "not JSON", "'nonsense'");
  }

  @Test
  void load_lineThatIsNotJson_namesFileAndLineAndWritesThoseBefore() throws Exception {
    Path file = directory.resolve("bad.jsonl");
    Files.writeString(file, "{\"id\":1}\n\n{\"id\":2}\n{\"id\":3}\noops\n{\"id\":4}\n");
    CliRun run = cli("load", "places", file.toString(), "--batch", "2");
    assertOneLine(run, 1, file + ":5: not JSON", "'oops'", "the 3 good records before are written");
    assertThat(cli("dump", "places").out().lines())
        .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
  }

  @Test
  void load_lineWithoutKeyField_namesFileAndLine() throws Exception {
    Path file = Files.writeString(directory.resolve("bad.jsonl"), "{\"name\":1}\n");
    assertOneLine(
        cli("load", "places", file.toString()), 1, file + ":1:", "'id'", "nothing is written");
  }

  @Test
  void load_compressedFile_isRead() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write("{\"id\":1}\n{\"id\":1,\"n\":2}\n".getBytes(UTF_8));
    }
    Path file = Files.write(directory.resolve("two.jsonl.gz"), bytes.toByteArray());
    assertThat(cli("load", "places", file.toString()).out()).startsWith("2 records written");
    assertThat(cli("dump", "places").out()).isEqualTo("{\"id\":1,\"n\":2}\n");
  }

  @Test
  void load_compressedFileThatIsCutOff_saysUpToWhereItIsWritten() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < 2000; i++) {
        out.write("{\"id\":%d}\n".formatted(i).getBytes(UTF_8));
      }
    }
    byte[] half = Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2);
    Path file = Files.write(directory.resolve("cut.jsonl.gz"), half);

    CliRun run = cli("load", "places", file.toString());

    long written = cli("dump", "places").out().lines().count();
    assertThat(written).isBetween(1L, 1999L);
    assertOneLine(
        run,
        1,
        "%s:%d: cannot be read on: ".formatted(file, written + 1),
        "the %,d good records before are written".formatted(written));
  }

  @Test
  void load_fileThatIsNotThere_namesIt() {
    assertOneLine(cli("load", "places", "nothing.jsonl"), 1, "'nothing.jsonl'");
  }

  @Test
  void anything_daemonUnreachable_namesTheAddress() throws Exception {
    try (HeldPorts ports = HeldPorts.of(1)) {
      String port = String.valueOf(ports.port());
      for (String command : List.of("status", "tables")) {
        assertOneLine(CliRun.of(command, "--http", port), 1, "127.0.0.1:" + port, "cannot reach");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nod | 'nod'",
        "get places | 'KEY'",
        "status --http x | 'x' is no address",
        "status --http 0 | '0' is no address",
        "status --timeout 0 | '0' is no time",
        "node | '--name",
        "node --name x --table a:list:id | one of set, ordered, bag is needed",
        "node --name x --discovery etcd:a | 'etcd' is no discovery that is available",
        "node --name x --discovery dns:a | the port of the nodes is needed",
        "node --name x --port 70000 | '70000' is no port; 0 to 65535",
        "node --name x --beat 5 | the silence limit is PT8S; at least twice the beat of PT5S",
        "node --name x --beat 0s | '0s' is no time; more than zero is needed",
        "node --name x --max-record-bytes 16MiB | a record may have 16777216 bytes; at most 8388608",
        "node --name x --max-record-bytes 2GiB | '2GiB' is no number of bytes",
        "node --name x,y | node name is 'x,y'; 1 to 100",
        "node --name x --cluster x,y | cluster name is 'x,y'; 1 to 100",
        "node --name x --config | '--config'",
        "node --name x --config none.yaml | none.yaml: the config file cannot be read",
        "node --name x --bind 0.0.0.0 | --advertise HOST is needed",
        "node --name x --bind 0.0.0.0 --advertise x | --bind 0.0.0.0 can be reached from other machines",
        "node --name x --http-bind 0.0.0.0 | HTTP at 0.0.0.0 can be reached from other machines",
        "node --name x --bind :: --advertise x --http-bind 127.0.0.1 | --insecure allows it without",
        "node --name x --insecure=maybe | 'maybe' is neither true nor false",
        "node --name x --tls-key k.pem | all three are needed",
        "node --name x --tls-key k --tls-trusted t --tls-certificate none.pem | none.pem cannot be read",
        "node --name x --secret-file none | the secret's file none cannot be read",
        "node --name x --admin-token-file none | 'none' cannot be read",
        "status --http example.org:1 --ca none.pem | none.pem cannot be read",
        "node --name x --table a:set:id --table a:set:id | table 'a' is given twice",
        "demo --nodes 1 | --nodes is 1; 2 to 9 is allowed",
        "demo --seconds 1 | --seconds is 1; 3 to 3600 is allowed",
        "load places x --batch 0 | --batch is 0",
      })
  void anything_wronglyUsed_isExitCode2AndOneLine(String line, String part) {
    assertOneLine(CliRun.of(line.split(" ")), 2, part, "--help");
  }

  @Test
  void node_badVariable_isExitCode2AndNamesIt() {
    assertOneLine(
        CliRun.of(Map.of("CETS_PORT", "x"), "node", "--name", "n2"),
        2,
        "CETS_PORT: port: 'x' is no port; 0 to 65535 is allowed",
        "--help");
    assertOneLine(CliRun.of(Map.of("CETS_NMAE", "n2"), "node"), 2, "'CETS_NMAE' is no variable");
  }

  @Test
  void node_badFile_isExitCode2AndNamesTheLine() throws Exception {
    Path file = Files.writeString(directory.resolve("node.yaml"), "name: n2\nbeat: soon\n");
    assertOneLine(
        CliRun.of("node", "--config", file.toString()), 2, file + ":2: beat: 'soon' is no time");
  }

  @Test
  void everyCommand_hasHelp() {
    for (String command :
        "demo node load dump get insert insert-new delete watch tables status".split(" ", -1)) {
      CliRun run = CliRun.of(command, "--help");
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).startsWith("Usage: cets " + command);
    }
  }

  @Test
  void node_portInUse_isExitCode1AndOneLine() throws Exception {
    String transport = String.valueOf(daemon.port());
    String http = String.valueOf(daemon.httpPort());
    assertOneLine(
        CliRun.of("node", "--name", "n2", "--port", transport, "--http", "0"),
        1,
        "127.0.0.1:" + transport,
        "in use");
    assertOneLine(CliRun.of("node", "--name", "n2", "--http", http), 1, "port " + http, "in use");
  }

  @Test
  void node_started_printsExactlyOneLineAndNothingOnStandardError() throws Exception {
    Path log = directory.resolve("n2.log");
    ChildNode node = ChildNode.start("n2", List.of("--http", "0"), log);
    try {
      assertThat(node.awaitHttpPort(Duration.ofSeconds(60))).isPositive();
      assertThat(Files.readString(log)).isEmpty();
    } finally {
      node.kill();
    }
  }
}
