package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Real processes over JGroups: what {@link ThreeNodesTest} shows of the default engine. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class JGroupsEngineTest {
  private static final String[] JGROUPS = {"--engine", "jgroups"};

  @TempDir private Path directory;

  private void load(Cluster cluster, String table) throws IOException {
    Path file =
        Files.write(
            directory.resolve("records.jsonl"),
            IntStream.range(0, 2000).mapToObj("{\"id\":\"user-%05d\"}"::formatted).toList());
    CliRun run = cluster.cli(1, "load", table, file.toString(), "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private String log(int node) throws IOException {
    return Files.readString(directory.resolve("n" + node + ".log"));
  }

  @Test
  void processKilled_restarted_allAreEqualAndNobodyComplains() throws Exception {
    try (var cluster = new Cluster(directory, 3, JGROUPS)) {
      cluster.startAll();
      load(cluster, "kept");
      load(cluster, "owned");
      assertThat(cluster.cli(2, "insert", "owned", "{\"id\":\"of n2\"}").exitCode()).isZero();
      assertThat(cluster.dump(3, "owned")).hasSize(2001);

      cluster.node(1).kill();
      for (int survivor = 2; survivor <= 3; survivor++) {
        int node = survivor;
        Eventually.is(
            "the records of n1 are gone from n" + node,
            () -> cluster.dump(node, "owned").equals(List.of("{\"id\":\"of n2\"}")));
      }
      assertThat(cluster.cli(2, "insert", "kept", "{\"id\":\"while down\"}").exitCode()).isZero();

      var unused = cluster.launch(1);
      cluster.awaitServing(1);
      cluster.awaitJoined(1, 3);
      assertThat(cluster.dump(1, "kept")).hasSize(2001).isEqualTo(cluster.dump(2, "kept"));
      for (int node = 1; node <= 3; node++) {
        assertThat(cluster.dump(node, "owned")).containsExactly("{\"id\":\"of n2\"}");
        assertThat(log(node)).doesNotContain("jgroups", "JGRP", "Exception");
      }
    }
  }

  @Test
  void processStopped_writesGoOnAfterTheSilenceLimit_andItComesBackEqual() throws Exception {
    try (var cluster = new Cluster(directory, 3, JGROUPS)) {
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

  @Test
  void processTold_toEnd_leavesCleanlyWithExitCodeZero() throws Exception {
    try (var cluster = new Cluster(directory, 2, JGROUPS)) {
      cluster.startAll();
      assertThat(cluster.cli(1, "insert", "owned", "{\"id\":1}").exitCode()).isZero();
      Process process = cluster.node(1).process();
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      Eventually.is("its record is gone", () -> cluster.dump(2, "owned").isEmpty());
      assertThat(log(1)).doesNotContain("WARN", "ERROR");
      assertThat(log(2)).doesNotContain("WARN", "ERROR");
    }
  }
}
