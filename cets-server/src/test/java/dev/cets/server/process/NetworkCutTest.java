package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cets.server.process.SteadyWriter.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Three processes, each in a network namespace of its own, and cables that are pulled while all of
 * them write. Unlike a killed process, nobody is told: packets are lost, sockets stay open.
 */
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
class NetworkCutTest {
  /** As {@link Cluster} sets it. */
  private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

  /** A dial that waits in vain for 3 s, and the pause of 2 s behind it. */
  private static final Duration HEALED_WITHIN = Duration.ofSeconds(5);

  /** Beats, and what a busy machine adds. */
  private static final Duration SLACK = Duration.ofSeconds(4);

  @TempDir private Path directory;
  private NodeNetwork network;
  private Cluster cluster;
  private final List<SteadyWriter> writers = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    network = new NodeNetwork(3);
    cluster = Cluster.in(network, directory, 3);
    cluster.startAll();
    for (int node = 1; node <= 3; node++) {
      insert(node, "owned", "of n" + node);
    }
    for (String id : List.of("of n1", "of n2", "removed by n1", "removed by n3")) {
      insert(1, "kept", id);
    }
    for (int node = 1; node <= 3; node++) {
      writers.add(cluster.writer(node, "kept"));
    }
  }

  @AfterEach
  void stop() {
    writers.forEach(SteadyWriter::close);
    if (cluster != null) {
      cluster.close();
    }
    if (network != null) {
      network.close();
    }
  }

  private void insert(int node, String table, String id) {
    CliRun run = cluster.cli(node, "insert", table, "{\"id\":\"%s\"}".formatted(id));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private void delete(int node, String table, String id) {
    CliRun run = cluster.cli(node, "delete", table, id);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** The records that their owners' nodes show, as {@code of n1, of n2}. */
  private String owned(int node) {
    return String.join(", ", cluster.dump(node, "owned")).replaceAll("\\{\"id\":\"|\"}", "");
  }

  private String joined(int node) throws IOException {
    return cluster.status(node).path("joinedNodes").toString();
  }

  private static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  private void awaitWritesOf(int node, int count) throws Exception {
    long now = System.nanoTime();
    Eventually.is(
        "n" + node + " wrote " + count + " more records",
        () -> writers.get(node - 1).writtenSince(now) >= count);
  }

  private void awaitAllJoined() throws Exception {
    for (int node = 1; node <= 3; node++) {
      cluster.awaitJoined(node, 3);
    }
  }

  /** Ends the writers: every write was applied, and none took longer than this. */
  private void assertAllApplied(Duration longest) throws Exception {
    for (SteadyWriter writer : writers) {
      assertThat(writer.stop())
          .allSatisfy(
              write -> {
                assertThat(write.problem()).isEmpty();
                assertThat(write.took()).as(write.record()).isLessThan(longest);
              });
    }
  }

  /** All have what was written, and only that; nothing that was removed is back. */
  private void assertEqualAndComplete(String... others) throws Exception {
    var expected = new TreeSet<>(List.of(others));
    writers.forEach(w -> w.written().stream().map(Written::record).forEach(expected::add));
    for (int node = 1; node <= 3; node++) {
      assertThat(new TreeSet<>(cluster.dump(node, "kept"))).as("n" + node).isEqualTo(expected);
      assertThat(owned(node)).isEqualTo("of n1, of n2, of n3");
      assertThat(cluster.status(node).path("tables").findValuesAsText("mended"))
          .containsExactly("0", "0");
      assertThat(Files.readString(cluster.log(node))).doesNotContain("ERROR");
    }
  }

  @Test
  void cable_ofOneOfThreeIsPulledForAWhile_allGoOnAndAreEqualAfterwards() throws Exception {
    long pulled = System.nanoTime();
    network.pull(3);
    Eventually.is("n1 hides the record of n3", () -> owned(1).equals("of n1, of n2"));
    Eventually.is("n2 hides the record of n3", () -> owned(2).equals("of n1, of n2"));
    assertThat(since(pulled)).isLessThan(SILENCE_LIMIT.plus(SLACK));
    Eventually.is("n3 is alone", () -> owned(3).equals("of n3"));
    for (int node = 1; node <= 3; node++) {
      awaitWritesOf(node, 10);
    }
    assertThat(joined(1)).isEqualTo("[\"n1\",\"n2\"]");
    assertThat(joined(3)).isEqualTo("[\"n3\"]");
    assertThat(cluster.status(1).path("unavailableNodes").toString()).isEqualTo("[\"n3\"]");
    delete(1, "kept", "removed by n1");
    delete(3, "kept", "removed by n3");
    insert(2, "kept", "written meanwhile");

    long back = System.nanoTime();
    network.plugIn(3);
    awaitAllJoined();
    assertThat(since(back)).isLessThan(HEALED_WITHIN.plus(SLACK));
    for (int node = 1; node <= 3; node++) {
      awaitWritesOf(node, 10);
    }
    assertAllApplied(SILENCE_LIMIT.plus(SLACK));
    assertEqualAndComplete(
        "{\"id\":\"of n1\"}", "{\"id\":\"of n2\"}", "{\"id\":\"written meanwhile\"}");
  }

  private JsonNode kept(int node) throws IOException {
    for (JsonNode table : cluster.status(node).path("tables")) {
      if (table.path("name").asText().equals("kept")) {
        return table;
      }
    }
    throw new AssertionError("n" + node + " has no table kept");
  }

  /** For how long the link with that node has been joined. */
  private Duration joinedFor(int node, String with) throws IOException {
    for (JsonNode link : kept(node).path("linkDetails")) {
      if (link.path("node").asText().equals(with)) {
        assertThat(link.path("state").asText()).isEqualTo("joined");
        return Duration.ofMillis((long) (link.path("seconds").asDouble() * 1000));
      }
    }
    throw new AssertionError("n" + node + " has no link with " + with);
  }

  /** Is there a clear word of whom this one does not reach, and what that means for a table? */
  private boolean isToldAt(int node, String other) throws IOException {
    JsonNode status = cluster.status(node);
    return status.path("unavailableNodes").toString().equals("[\"" + other + "\"]")
        && status.path("conflictTables").toString().equals("[\"kept\",\"owned\"]")
        && status.path("reasons").toString().contains("to other nodes");
  }

  @Test
  void cable_betweenTwoOfThreeIsPulled_theOthersAreNotTouchedAndAllAreEqualAfterwards()
      throws Exception {
    List<Integer> dialsBefore = List.of(network.dials(2), network.dials(3));
    long pulled = System.nanoTime();
    network.separate(2, 3);
    Eventually.is("n2 tells that it does not reach n3", () -> isToldAt(2, "n3"));
    Eventually.is("n3 tells that it does not reach n2", () -> isToldAt(3, "n2"));
    assertThat(since(pulled)).isLessThan(SILENCE_LIMIT.plus(SLACK));
    Eventually.is("n2 hides the record of n3", () -> owned(2).equals("of n1, of n2"));
    Eventually.is("n3 hides the record of n2", () -> owned(3).equals("of n1, of n3"));

    long noticed = System.nanoTime();
    for (int node = 1; node <= 3; node++) {
      awaitWritesOf(node, 100);
    }
    assertThat(owned(1)).isEqualTo("of n1, of n2, of n3");
    assertThat(cluster.status(1).path("unavailableNodes")).isEmpty();
    for (String other : List.of("n2", "n3")) {
      assertThat(joinedFor(1, other)).as("n1 and " + other).isGreaterThan(since(pulled));
    }
    assertThat(joinedFor(2, "n1")).isGreaterThan(since(pulled));
    assertThat(joinedFor(3, "n1")).isGreaterThan(since(pulled));
    delete(2, "kept", "removed by n1");
    delete(3, "kept", "removed by n3");
    long seconds = since(pulled).toSeconds();
    for (int node = 2; node <= 3; node++) {
      assertThat(network.dials(node) - dialsBefore.get(node - 2))
          .as("dials of n%d in %d s", node, seconds)
          .isBetween(1, (int) seconds + 2);
      assertThat(Files.readAllLines(cluster.log(node))).hasSizeLessThan(40);
    }

    long back = System.nanoTime();
    network.unite(2, 3);
    awaitAllJoined();
    assertThat(since(back)).isLessThan(HEALED_WITHIN.plus(SLACK));
    Eventually.is(
        "no conflict is told any more", () -> cluster.status(2).path("conflictTables").isEmpty());
    assertAllApplied(SILENCE_LIMIT.plus(SLACK));
    for (SteadyWriter writer : writers) {
      assertThat(writer.written())
          .filteredOn(write -> write.began() - noticed > 0)
          .allSatisfy(write -> assertThat(write.took()).isLessThan(SILENCE_LIMIT));
    }
    assertEqualAndComplete("{\"id\":\"of n1\"}", "{\"id\":\"of n2\"}");
  }
}
