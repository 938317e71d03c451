package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.BagSpec;
import dev.cets.BagTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Bags on the nodes of a test. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class BagContract extends ClusterContract {
  static final BagSpec<String, Session> MEMBERS =
      TableSpec.bag("members", String.class, Session.class, Session::id);
  static final List<String> BOTH = List.of("a", "b");

  private final Map<String, BagTable<String, Session>> bags = new HashMap<>();

  /** Made by subclasses only. */
  protected BagContract() {}

  BagTable<String, Session> bag(String node) {
    BagTable<String, Session> bag = bags.get(node);
    if (bag == null) {
      throw new IllegalStateException("no bag at " + node);
    }
    return bag;
  }

  void start(String... nodes) {
    start(MEMBERS, nodes);
  }

  void start(BagSpec<String, Session> spec, String... nodes) {
    for (String node : nodes) {
      bags.put(node, cluster.start(node).open(spec));
    }
  }

  void join(String... nodes) {
    start(nodes);
    cluster.join(nodes);
  }

  void assertBags(List<String> nodes, Session... records) {
    for (String node : nodes) {
      assertThat(bag(node).dump()).as("at %s", node).containsExactlyInAnyOrder(records);
      assertThat(bag(node).size()).as("size at %s", node).isEqualTo(records.length);
      for (Session record : records) {
        assertThat(bag(node).containsObject(record)).isTrue();
        assertThat(bag(node).lookup(record.id()))
            .containsExactlyInAnyOrderElementsOf(
                Arrays.stream(records).filter(other -> other.id().equals(record.id())).toList());
      }
    }
  }

  void awaitBag(String node, Session... records) {
    cluster.await(
        () -> bag(node).size() == records.length && bag(node).dump().containsAll(List.of(records)));
  }
}
