package dev.cets.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes with a nodes file that is written and changed while they run, at the times that hold
 * when nobody says otherwise.
 */
@Timeout(240)
class NodesFileTest {
  /** A file is read again every second while it is missing, else every five. */
  private static final Duration JOINED_WITHIN = Duration.ofSeconds(10);

  @TempDir private Path directory;

  private void list(Cluster cluster, int... nodes) throws Exception {
    var text = new StringBuilder();
    for (int node : nodes) {
      text.append("127.0.0.1:").append(cluster.port(node)).append('\n');
    }
    Path next = Files.writeString(directory.resolve("next.txt"), text);
    Files.move(
        next,
        directory.resolve("nodes.txt"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static String nodes(Cluster cluster, int node, String figure) throws Exception {
    return cluster.status(node).path(figure).toString();
  }

  @Test
  void file_isWrittenAndEditedWhileNodesRun_theyJoinAndForgetAsItSays() throws Exception {
    try (var cluster = Cluster.withDefaultTimes(directory, 3)) {
      Files.delete(directory.resolve("nodes.txt"));
      for (int node = 1; node <= 2; node++) {
        var unused = cluster.launch(node);
      }
      for (int node = 1; node <= 2; node++) {
        cluster.awaitServing(node);
      }
      assertThat(nodes(cluster, 1, "joinedNodes")).isEqualTo("[\"n1\"]");
      assertThat(nodes(cluster, 1, "discoveryWorks")).isEqualTo("false");
      assertThat(cluster.cli(1, "insert", "kept", "{\"id\":1}").exitCode()).isZero();

      list(cluster, 1, 2);
      assertThat(cluster.awaitJoined(1, 2)).isLessThan(JOINED_WITHIN);
      assertThat(cluster.awaitJoined(2, 2)).isLessThan(JOINED_WITHIN);
      assertThat(nodes(cluster, 1, "discoveryWorks")).isEqualTo("true");
      assertThat(cluster.dump(2, "kept")).containsExactly("{\"id\":1}");

      list(cluster, 1, 2, 3);
      var unused = cluster.launch(3);
      cluster.awaitServing(3);
      for (int node = 1; node <= 3; node++) {
        assertThat(cluster.awaitJoined(node, 3)).isLessThan(JOINED_WITHIN);
      }
      assertThat(cluster.dump(3, "kept")).containsExactly("{\"id\":1}");

      cluster.node(3).kill();
      Eventually.is(
          "n3 is unavailable", () -> nodes(cluster, 1, "unavailableNodes").equals("[\"n3\"]"));
      list(cluster, 1, 2);
      Eventually.is(
          "n3 is not missed any more", () -> nodes(cluster, 1, "unavailableNodes").equals("[]"));
      assertThat(nodes(cluster, 1, "discoveredNodes")).isEqualTo("[\"n1\",\"n2\"]");
      assertThat(nodes(cluster, 1, "joinedNodes")).isEqualTo("[\"n1\",\"n2\"]");
    }
  }
}
