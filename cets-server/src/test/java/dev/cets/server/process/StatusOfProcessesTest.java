package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.demo.ChildNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What nodes say of themselves and of each other, as processes. */
@Execution(ExecutionMode.CONCURRENT)
class StatusOfProcessesTest {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private ChildNode start(String name, String file, String... discovery) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--http", "0", "--table", "places:set:id"));
    arguments.addAll(List.of("--beat", "0.3", "--silence", "3"));
    for (String backEnd : discovery) {
      arguments.addAll(List.of("--discovery", backEnd));
    }
    return ChildNode.start(name, arguments, directory.resolve(file));
  }

  private static JsonNode status(String http) throws Exception {
    return CliRun.of("status", "--json", "--http", http).json();
  }

  private void assertEndsAsSecond(ChildNode second, String file, String address) throws Exception {
    assertThat(second.process().waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(second.process().exitValue()).isOne();
    assertThat(Files.readAllLines(directory.resolve(file)).getLast())
        .isEqualTo(
            "cets node: node 'n1' ends: a node of the name n1 is running already, at "
                + address
                + "; no node lets this one in while that one lives");
  }

  @Test
  void node_itsNameIsTaken_endsWithExitCode1AndTheFirstGoesOn() throws Exception {
    ChildNode n1 = start("n1", "n1.log");
    String first = "127.0.0.1:" + n1.awaitPort(START_LIMIT);
    ChildNode n2 = start("n2", "n2.log", "static:" + first);
    String other = "127.0.0.1:" + n2.awaitPort(START_LIMIT);
    String http = String.valueOf(n1.awaitHttpPort(START_LIMIT));
    Eventually.is("two are joined", () -> status(http).path("joinedNodes").size() == 2);
    String run = status(http).path("incarnation").asText();

    ChildNode met = start("n1", "met.log", "static:" + first);
    ChildNode told = start("n1", "told.log", "static:" + other);
    try {
      assertEndsAsSecond(met, "met.log", first);
      assertEndsAsSecond(told, "told.log", first);

      assertThat(status(http).path("joinedNodes").toString()).isEqualTo("[\"n1\",\"n2\"]");
      assertThat(status(http).path("incarnation").asText()).isEqualTo(run);
      assertThat(status(http).path("state").asText()).isEqualTo("RUNNING");
      assertThat(status(http).path("reasons").toString())
          .contains("a node of the name n1 is running already, here");
      assertThat(status(String.valueOf(n2.awaitHttpPort(START_LIMIT))).path("reasons").toString())
          .contains("a node of the name n1 is running already, at " + first);
    } finally {
      List.of(n1, n2, met, told).forEach(node -> node.process().destroyForcibly());
    }
  }

  @Test
  void status_ofAll_showsWhoDoesNotAnswerAndSinceWhen() throws Exception {
    try (var cluster = new Cluster(directory, 3)) {
      cluster.startAll();
      JsonNode all = cluster.cli(1, "status", "--all", "--json").json();
      assertThat(all.path("nodes").properties()).hasSize(3);
      assertThat(all.path("nodes").path("n3").path("joinedNodes").toString())
          .isEqualTo("[\"n1\",\"n2\",\"n3\"]");
      assertThat(all.path("silent")).isEmpty();

      CliRun equal = cluster.cli(1, "compare", "kept", "--json");
      assertThat(equal.exitCode()).as(equal.err()).isZero();
      assertThat(equal.json().path("equal").asBoolean()).isTrue();
      assertThat(equal.json().path("nodes").findValuesAsText("node")).containsExactly("n2", "n3");

      cluster.node(3).kill();
      Eventually.is(
          "n3 is unavailable",
          () ->
              cluster
                  .cli(1, "status", "--json")
                  .json()
                  .path("unavailableNodes")
                  .toString()
                  .equals("[\"n3\"]"));

      CliRun text = cluster.cli(1, "status", "--all");
      assertThat(text.exitCode()).isZero();
      assertThat(text.out()).contains("silent: n3 is not connected");
      CliRun two = cluster.cli(1, "compare", "kept");
      assertThat(two.exitCode()).isOne();
      assertThat(two.out())
          .containsPattern("n2 +EQUAL +0 +20")
          .containsPattern("n3 +UNREACHABLE +0 +- +is not connected");
      CliRun own = cluster.cli(1, "status");
      assertThat(own.out()).containsPattern("n2 +up +[0-9.]+ s").containsPattern("n3 +down +");
      assertThat(cluster.cli(1, "top", "--once", "--interval", "0.01").out())
          .contains("nodes: 2 up, 1 down, 2 joined; tables: 2")
          .containsPattern("n3 +down +")
          .containsPattern("n2 +up +.* 2 joined ");
      assertThat(cluster.cli(2, "tables").out()).containsPattern("kept +n1 +joined +");
    }
  }
}
