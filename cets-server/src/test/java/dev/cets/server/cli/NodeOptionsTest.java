package dev.cets.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.server.console.Terminal;
import dev.cets.server.process.CliRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where options of the node come from, and which of several counts. */
class NodeOptionsTest {
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  @TempDir private Path directory;
  private final CommandSpec node =
      new CommandLine(new NodeCommand(new Terminal(NOWHERE, NOWHERE, false, false)))
          .getCommandSpec();

  private String[] expand(Map<String, String> environment, String... args) {
    return NodeOptions.expand(args, environment, node);
  }

  private String file(String content) throws IOException {
    return Files.writeString(directory.resolve("node.yaml"), content).toString();
  }

  private void assertRefused(String message, Map<String, String> environment, String... args) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expand(environment, args))
        .withMessageStartingWith(message);
  }

  @Test
  void expand_nothingElsewhere_staysAsItIs() {
    assertThat(expand(Map.of("PATH", "/bin"), "node", "--name", "n1"))
        .containsExactly("node", "--name", "n1");
  }

  @Test
  void expand_fileEnvironmentAndCommandLine_theNearestCounts() throws IOException {
    String file = file("name: of-file\ncluster: of-file\nbeat: 2s\nport: 1\n");
    Map<String, String> environment = Map.of("CETS_NAME", "of-env", "CETS_CLUSTER", "of-env");

    assertThat(expand(environment, "node", "--name=of-line", "--config", file, "--http", "5"))
        .containsExactly(
            "node", "--cluster=of-env", "--beat=2s", "--port=1", "--name=of-line", "--http", "5");
  }

  @Test
  void expand_lists_replaceEachOther() throws IOException {
    String file = file("discovery: [file:a, file:b]\ntables:\n- a:set:id\n- b:set:id\n");
    Map<String, String> environment =
        Map.of("CETS_DISCOVERY", " dns:nodes\n static:h:1,h:2 ", "CETS_TABLES", "c:bag:id");

    assertThat(expand(Map.of(), "node", "--config", file))
        .containsExactly(
            "node",
            "--discovery=file:a",
            "--discovery=file:b",
            "--table=a:set:id",
            "--table=b:set:id");
    assertThat(expand(environment, "node", "--config=" + file))
        .containsExactly(
            "node", "--discovery=dns:nodes", "--discovery=static:h:1,h:2", "--table=c:bag:id");
    assertThat(expand(environment, "node", "--table", "d:set:id", "--discovery=file:c"))
        .containsExactly("node", "--table", "d:set:id", "--discovery=file:c");
  }

  @Test
  void expand_configOfTheEnvironment_isReadUnlessTheCommandLineSaysAnother() throws IOException {
    String file = file("name: n1\n");
    Map<String, String> environment = Map.of("CETS_CONFIG", "none.yaml");

    assertThat(expand(Map.of("CETS_CONFIG", file), "node")).containsExactly("node", "--name=n1");
    assertThat(expand(environment, "node", "--config", file)).containsExactly("node", "--name=n1");
    assertRefused("none.yaml: the config file cannot be read", environment, "node");
    assertThat(expand(Map.of("CETS_CONFIG", ""), "node")).containsExactly("node");
  }

  @Test
  void expand_help_looksAtNothingElse() {
    assertThat(expand(Map.of("CETS_PORT", "x"), "node", "--help"))
        .containsExactly("node", "--help");
  }

  @Test
  void expand_unknownKey_namesLineAndAllThatThereAre() throws IOException {
    String file = file("name: n1\ntabels: a:set:id\n");

    assertRefused(
        file
            + ":2: 'tabels' is no option; these are: admin-token-file, advertise, beat, bind, clock-skew, cluster,",
        Map.of(),
        "node",
        "--config",
        file);
    for (String hidden : new String[] {"config", "help", "until-input-ends", "table", "--name"}) {
      String other = file(hidden + ": x\n");
      assertRefused(
          other + ":1: '" + hidden + "' is no option", Map.of(), "node", "--config", other);
    }
  }

  @Test
  void expand_unknownVariable_namesItAndAllThatThereAre() {
    assertRefused(
        "CETS_TABELS: 'CETS_TABELS' is no variable; these are: CETS_ADMIN_TOKEN_FILE, CETS_ADVERTISE, CETS_BEAT,",
        Map.of("CETS_TABELS", "a:set:id"),
        "node");
    assertRefused("CETS_: ", Map.of("CETS_", ""), "node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CETS_SERVICE_HOST | 10.0.0.1",
        "CETS_SERVICE_PORT | 7800",
        "CETS_SERVICE_PORT_HTTP | 7880",
        "CETS_PORT_7800_TCP | tcp://10.0.0.1:7800",
        "CETS_PORT_7800_TCP_ADDR | 10.0.0.1",
        "CETS_HTTP_SERVICE_HOST | 10.0.0.1",
        "CETS_NODES_PORT | tcp://10.0.0.1:7800",
        "CETS_HTTP_PORT | tcp://10.0.0.1:7880",
        "CETS_CLUSTER | ''",
      })
  void expand_variablesOfKubernetesServicesAndEmptyOnes_arePassedOver(String name, String value) {
    assertThat(expand(Map.of(name, value), "node")).containsExactly("node");
  }

  @Test
  void expand_portThatKubernetesHasTaken_saysWhatToDo() {
    assertRefused(
        "CETS_PORT: 'tcp://10.0.0.1:7800' is of Kubernetes, for a service whose name takes this"
            + " variable; set enableServiceLinks: false",
        Map.of("CETS_PORT", "tcp://10.0.0.1:7800"),
        "node");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "name | a,b | node name is 'a,b'; 1 to 100 of",
        "cluster | a,b | cluster name is 'a,b'; 1 to 100 of",
        "bind | a b | host is 'a b'; a name or an IP is needed",
        "advertise | a: | 'a:' is no address",
        "port | 65536 | '65536' is no port; 0 to 65535 is allowed",
        "http | x | 'x' is no port; 0 to 65535 is allowed",
        "http | -1 | '-1' is no port; 0 to 65535 is allowed",
        "discovery | etcd:a | 'etcd:a': 'etcd' is no discovery that is available",
        "tables | a:set | 'a:set' is no table",
        "discovery | jdbc:x:y | no database driver that is on the class path takes jdbc:x:y",
        "jdbc-table | a-b | table is 'a-b'; a name of A-Z a-z 0-9 _ is needed",
        "jdbc-create-table | yes | 'yes' is neither true nor false",
        "jdbc-expire | 999ms | '999ms' cannot be; 1s to 365d is allowed",
        "jdbc-expire | soon | 'soon' is no time; a number with ms",
        "jdbc-password-file | none | 'none' cannot be read",
        "beat | 0 | '0' is no time; more than zero is needed",
        "silence | soon | 'soon' is no time; a number with ms",
        "discovery-answer-limit | 366d | '366d' is no time; a number with ms",
        "max-record-bytes | 0 | '0' is no number of bytes; 1 to 2147483647",
        "max-unacknowledged-bytes | 2GiB | '2GiB' is no number of bytes; 1 to 2147483647",
        "max-paused-writes | 1000000000 | '1000000000' is no number; 1 to 999999999",
      })
  void expand_badValue_namesThePlaceAndWhatIsAllowed(String key, String value, String message)
      throws IOException {
    String file = file("# a comment\n" + key + ": '" + value + "'\n");
    String variable = "CETS_" + key.toUpperCase(Locale.ROOT).replace('-', '_');

    assertRefused(file + ":2: " + key + ": " + message, Map.of(), "node", "--config", file);
    if (!value.contains(" ")) {
      assertRefused(variable + ": " + key + ": " + message, Map.of(variable, value), "node");
    }
  }

  @Test
  void expand_passwordElsewhere_isTakenWhateverItsLetters() throws IOException {
    String secret = " it's \"$0\", a=b ";
    String file = file("jdbc-password: ' it''s \"$0\", a=b '\ndiscovery: jdbc:mariadb://h/d\n");

    assertThat(expand(Map.of("CETS_JDBC_PASSWORD", secret), "node"))
        .containsExactly("node", "--jdbc-password=" + secret);
    assertThat(expand(Map.of(), "node", "--config", file))
        .containsExactly("node", "--jdbc-password=" + secret, "--discovery=jdbc:mariadb://h/d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--jdbc-password",
        "--jdbc-password=secret",
        "--discovery=jdbc:postgresql://h/d?user=u&password=secret",
        "jdbc:mariadb://h/d?keyStorePassword=secret",
        "jdbc:postgresql://h/d?sslpassword=secret",
      })
  void expand_passwordOnTheCommandLine_isRefusedWithoutShowingIt(String argument) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expand(Map.of(), "node", "--discovery", argument, "secret"))
        .withMessage(
            "everybody on the machine can read a password on the command line; CETS_JDBC_PASSWORD,"
                + " jdbc-password in the file of --config, and --jdbc-password-file are allowed");
  }

  @Test
  void expand_urlWithAPasswordElsewhere_isTaken() {
    String url = "jdbc:postgresql://h/d?password=secret";

    assertThat(expand(Map.of("CETS_DISCOVERY", url), "node"))
        .containsExactly("node", "--discovery=" + url);
  }

  @Test
  void passwordFile_endsOfLines_areNoneOfIt() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), " a\nb \r\n\n");

    assertThat(new NodeConverters.Password().convert(file.toString())).isEqualTo(" a\nb ");
  }

  @Test
  void passwordFile_longestAndShortest_areTakenAndOthersAreNot() throws IOException {
    var converter = new NodeConverters.Password();
    Path file = directory.resolve("password");

    Files.writeString(file, "x".repeat(4096));
    assertThat(converter.convert(file.toString())).hasSize(4096);
    Files.writeString(file, "x".repeat(4097));
    assertThatThrownBy(() -> converter.convert(file.toString()))
        .hasMessage("'" + file + "' is no file of a password; up to 4096 bytes are allowed");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> converter.convert(file.toString()))
        .hasMessage("'" + file + "' is empty; a password is needed");
  }

  @Test
  void node_passwordAndItsFile_areRefusedTogether() throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "secret");

    CliRun run =
        CliRun.of(
            Map.of("CETS_JDBC_PASSWORD", "secret"),
            "node",
            "--name=n1",
            "--discovery=jdbc:mariadb://h/d",
            "--jdbc-password-file=" + file);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "cets node: jdbc-password and jdbc-password-file are both given; one of them is"
                + " allowed; see 'cets node --help'\n");
  }

  @Test
  void expand_badValueThatTheCommandLineOverrules_isStillRefused() {
    assertRefused("CETS_PORT: port: 'x' is no port", Map.of("CETS_PORT", "x"), "node", "--port=1");
  }

  @Test
  void expand_listForOneValue_isRefused() throws IOException {
    String file = file("name: n1\nport: [1, 2]\n");

    assertRefused(
        file + ":2: 'port' takes one value, not a list", Map.of(), "node", "--config", file);
  }

  @Test
  void expand_valuesAtTheLimits_areTaken() {
    Map<String, String> environment =
        Map.of(
            "CETS_PORT", "65535",
            "CETS_HTTP", "0",
            "CETS_JDBC_EXPIRE", "1s",
            "CETS_SILENCE", "365d",
            "CETS_MAX_RECORD_BYTES", "2147483647",
            "CETS_MAX_PAUSED_BYTES", "2047MiB",
            "CETS_MAX_PAUSED_WRITES", "999999999");

    assertThat(expand(environment, "node")).hasSize(8).contains("--max-paused-bytes=2047MiB");
  }
}
