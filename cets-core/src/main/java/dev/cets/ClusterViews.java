package dev.cets;

import dev.cets.node.Figures;
import dev.cets.node.NodeRuntime;
import dev.cets.node.NodeView;
import dev.cets.replication.Durations;
import dev.cets.replication.PeerAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Puts together what all nodes say of their cluster. */
final class ClusterViews {
  /** Answers are due then; a little later they are put together. */
  private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private ClusterViews() {}

  static ClusterStatus status(NodeRuntime runtime, Duration deadline) {
    long nanos = Durations.saturatedNanos(Writes.positive("deadline", deadline));
    Writes.checkMayBlock(runtime);
    CompletableFuture<Map<String, PeerAnswer>> asked = runtime.askPeers(nanos);
    Map<String, PeerAnswer> answers = Map.of();
    try {
      if (runtime.loop().await(asked, nanos + SLACK_NANOS)) {
        answers = asked.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CetsException("interrupted while waiting for the status of other nodes");
    }
    return of(Views.value(runtime.view()), answers);
  }

  static ClusterStatus of(NodeView view, Map<String, PeerAnswer> answers) {
    NodeStatus own = Views.status(view);
    Map<String, NodeStatus> nodes = new TreeMap<>(Map.of(own.node(), own));
    Map<String, String> silent = new TreeMap<>();
    Map<String, Map<String, Integer>> records = new TreeMap<>();
    add(records, Figures.of(view));
    own.unavailableNodes().forEach(node -> silent.put(node, "is not connected"));
    own.availableNodes().stream()
        .filter(node -> !node.equals(own.node()))
        .forEach(node -> silent.put(node, "has not answered in time"));
    answers.forEach(
        (node, answer) -> {
          if (answer.silence().isEmpty()) {
            Figures figures = Figures.of(node, answer);
            nodes.put(node, Views.status(figures));
            silent.remove(node);
            add(records, figures);
          } else {
            silent.put(node, answer.silence());
          }
        });
    return new ClusterStatus(nodes, silent, records, disagreements(nodes));
  }

  private static void add(Map<String, Map<String, Integer>> records, Figures figures) {
    figures
        .records()
        .forEach(
            (table, count) ->
                records.computeIfAbsent(table, any -> new TreeMap<>()).put(figures.node(), count));
  }

  /** Whom one sees and another does not, of those that answered. */
  private static List<String> disagreements(Map<String, NodeStatus> nodes) {
    List<String> sentences = new ArrayList<>();
    for (NodeStatus seer : nodes.values()) {
      NavigableSet<String> unseen = new TreeSet<>(nodes.keySet());
      seer.availableNodes().forEach(unseen::remove);
      NavigableSet<String> apart = new TreeSet<>(seer.availableNodes());
      apart.retainAll(nodes.keySet());
      seer.joinedNodes().forEach(apart::remove);
      for (String other : unseen) {
        sentences.add(seer.node() + " does not see " + other);
      }
      for (String other : apart) {
        sentences.add(seer.node() + " is not joined with " + other);
      }
    }
    return List.copyOf(sentences);
  }
}
