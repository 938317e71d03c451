package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Two or three nodes in virtual time, and the ways in which they are kept apart. */
abstract class SplitTest {
  static final Session ALICE = new Session("1", "alice");
  static final Session ALEX = new Session("1", "alex");
  static final Session ANNA = new Session("1", "anna");
  static final Session BOB = new Session("2", "bob");
  static final Session CAROL = new Session("3", "carol");

  final SimulatedCluster cluster = new SimulatedCluster(4);

  @AfterEach
  void end() {
    cluster.close();
  }

  SetTable<String, Session> sessions(String node) {
    return cluster.sessions(node);
  }

  void assertRecords(List<String> nodes, Session... records) {
    for (String node : nodes) {
      assertThat(sessions(node).dump()).as("at %s", node).containsExactlyInAnyOrder(records);
      assertThat(sessions(node).size()).as("size at %s", node).isEqualTo(records.length);
    }
  }

  void healed(String... nodes) {
    cluster.network().healAll();
    cluster.awaitJoined(nodes);
    cluster.run(Duration.ofSeconds(1));
  }

  void cutOff(String node, String... others) {
    for (String other : others) {
      cluster.cut(node, other);
    }
    for (String other : others) {
      cluster.awaitDown(other, node);
      cluster.awaitDown(node, other);
    }
  }

  void aMomentLater() {
    cluster.run(Duration.ofMillis(20));
  }
}
