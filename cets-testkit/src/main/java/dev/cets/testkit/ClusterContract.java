package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contracts of whole nodes share. */
@SuppressWarnings("exports") // who runs them has JUnit; who uses the simulator need not
public abstract class ClusterContract {
  /** A record. */
  protected static final Session ALICE = new Session("1", "alice");

  /** Another one under the same key. */
  protected static final Session ALEX = new Session("1", "alex");

  /** One under another key. */
  protected static final Session BOB = new Session("2", "bob");

  /** The nodes of this test. */
  protected ClusterHarness cluster;

  /** Made by subclasses only. */
  protected ClusterContract() {}

  /** A cluster without nodes. */
  protected abstract ClusterHarness newCluster();

  /** Begins with no nodes. */
  @BeforeEach
  protected void begin() {
    cluster = newCluster();
  }

  /** Ends all nodes. */
  @AfterEach
  protected void end() {
    cluster.close();
  }

  SetTable<String, Session> sessions(String node) {
    return cluster.sessions(node);
  }

  /** Waits until exactly these records are seen at each of the nodes. */
  void awaitRecords(List<String> nodes, Session... records) {
    cluster.await(
        () ->
            nodes.stream()
                .allMatch(
                    node ->
                        sessions(node).size() == records.length
                            && sessions(node).dump().containsAll(List.of(records))));
  }

  void assertRecords(List<String> nodes, Session... records) {
    for (String node : nodes) {
      assertThat(sessions(node).dump())
          .as("records at %s", node)
          .containsExactlyInAnyOrder(records);
      assertThat(sessions(node).size()).as("size at %s", node).isEqualTo(records.length);
    }
  }
}
