package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.server.client.DaemonClient;
import dev.cets.server.client.WatchReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Three real processes with one nodes file. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class ThreeNodesTest {
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private Path linesOf(int count) throws IOException {
    List<String> lines =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"id\":\"user-%05d\",\"n\":%d,\"name\":\"Zoë %d\"}".formatted(i, i, i))
            .toList();
    return Files.write(directory.resolve("records.jsonl"), lines);
  }

  private void load(Cluster cluster, int node, String table, Path file) throws IOException {
    CliRun run = cluster.cli(node, "load", table, file.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.json().path("records").asInt()).isEqualTo(Files.readAllLines(file).size());
    assertThat(run.json().path("table").asText()).isEqualTo(table);
    assertThat(run.json().has("seconds") && run.json().has("recordsPerSecond")).isTrue();
  }

  @Test
  void load_intoOne_isDumpedEquallyFromAnother() throws Exception {
    try (var cluster = new Cluster(directory, 3)) {
      cluster.startAll();
      Path file = linesOf(2000);
      load(cluster, 1, "kept", file);
      assertThat(cluster.dump(3, "kept")).isEqualTo(Files.readAllLines(file));
      CliRun remote = cluster.cli(2, "dump", "kept", "--node", "n3", "--limit", "1500");
      assertThat(remote.out().lines()).isEqualTo(Files.readAllLines(file).subList(0, 1500));
      CliRun nobody = cluster.cli(2, "dump", "kept", "--node", "n9");
      assertThat(nobody.exitCode()).isEqualTo(1);
      assertThat(nobody.out()).isEmpty();
      assertThat(nobody.err()).contains("is not linked with node n9").hasLineCount(1);
      CliRun status = cluster.cli(2, "status", "--json");
      assertThat(status.json().path("availableNodes").toString())
          .isEqualTo("[\"n1\",\"n2\",\"n3\"]");
      assertThat(status.json().path("joinedNodes")).hasSize(3);
    }
  }

  @Test
  void processKilled_ownedRecordsVanish_keptOnesStay_andTheRestartedNodeFillsItself()
      throws Exception {
    try (var cluster = new Cluster(directory, 3)) {
      cluster.startAll();
      Path file = linesOf(2000);
      List<String> lines = Files.readAllLines(file);
      load(cluster, 1, "kept", file);
      load(cluster, 1, "owned", file);
      assertThat(cluster.cli(2, "insert", "owned", "{\"id\":\"of n2\"}").exitCode()).isZero();
      assertThat(cluster.dump(3, "owned")).hasSize(2001);

      cluster.node(1).kill();
      for (int survivor = 2; survivor <= 3; survivor++) {
        int node = survivor;
        Eventually.is(
            "the records of n1 are gone from n" + node,
            () -> cluster.dump(node, "owned").equals(List.of("{\"id\":\"of n2\"}")));
        assertThat(cluster.dump(node, "kept")).isEqualTo(lines);
      }
      assertThat(cluster.cli(2, "insert", "kept", "{\"id\":\"while down\"}").exitCode()).isZero();

      var unused = cluster.launch(1);
      cluster.awaitServing(1);
      cluster.awaitJoined(1, 3);
      assertThat(cluster.dump(1, "kept")).hasSize(2001).isEqualTo(cluster.dump(2, "kept"));
      for (int node = 1; node <= 3; node++) {
        assertThat(cluster.dump(node, "owned")).containsExactly("{\"id\":\"of n2\"}");
      }
    }
  }

  @Test
  void insertNew_ofOneKeyFromTwoNodes_isWrittenOnceAndWatchersOfBothAreTold() throws Exception {
    try (var cluster = new Cluster(directory, 2)) {
      cluster.startAll();
      try (DaemonClient one = cluster.client(1);
          DaemonClient two = cluster.client(2);
          WatchReader ofOne = one.watch("kept", true, SILENCE_LIMIT);
          WatchReader ofTwo = two.watch("kept", true, SILENCE_LIMIT)) {
        String record = "{\"id\":1,\"of\":1}";
        assertThat(cluster.cli(1, "insert-new", "kept", record).exitCode()).isZero();
        CliRun taken = cluster.cli(2, "insert-new", "kept", "{\"id\":1,\"of\":2}");
        assertThat(taken.exitCode()).isEqualTo(1);
        assertThat(taken.out()).isEqualTo(record + "\n");
        cluster.node(1).process().destroy();
        cluster.node(2).process().destroy();
        assertTold(ofOne, record, "LOCAL");
        assertTold(ofTwo, record, "REMOTE");
      }
    }
  }

  private static void assertTold(WatchReader events, String record, String cause) throws Exception {
    assertThat(events.next()).isEqualTo("{\"event\":\"snapshot\",\"records\":0}");
    assertThat(events.next())
        .isEqualTo(
            "{\"event\":\"insert\",\"key\":\"1\",\"new\":%s,\"cause\":\"%s\"}"
                .formatted(record, cause));
    assertThat(events.next()).isEqualTo("{\"event\":\"closed\"}");
  }

  @Test
  void processTold_toEnd_leavesCleanlyWithExitCodeZero() throws Exception {
    try (var cluster = new Cluster(directory, 2)) {
      cluster.startAll();
      assertThat(cluster.cli(1, "insert", "owned", "{\"id\":1}").exitCode()).isZero();
      Process process = cluster.node(1).process();
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      Eventually.is("its record is gone", () -> cluster.dump(2, "owned").isEmpty());
      assertThat(Files.readString(directory.resolve("n1.log"))).doesNotContain("WARN", "ERROR");
    }
  }

  @Test
  void processStopped_writesGoOnAfterTheSilenceLimit_andItComesBackEqual() throws Exception {
    try (var cluster = new Cluster(directory, 3)) {
      cluster.startAll();
      assertThat(cluster.cli(3, "insert", "owned", "{\"id\":\"of n3\"}").exitCode()).isZero();
      Signal.send(cluster.node(3).process(), "STOP");
      CliRun write = cluster.cli(1, "insert", "kept", "{\"id\":1}", "--json", "--timeout", "30");
      assertThat(write.exitCode()).as(write.err()).isZero();
      assertThat(write.json().path("left").toString()).isEqualTo("[\"n3\"]");
      Eventually.is("n3's record is hidden", () -> cluster.dump(1, "owned").isEmpty());
      Signal.send(cluster.node(3).process(), "CONT");
      Eventually.is(
          "n3 is equal again",
          () ->
              cluster.dump(3, "kept").equals(cluster.dump(1, "kept"))
                  && cluster.dump(1, "owned").equals(List.of("{\"id\":\"of n3\"}"))
                  && cluster.dump(3, "owned").equals(List.of("{\"id\":\"of n3\"}")));
    }
  }
}
