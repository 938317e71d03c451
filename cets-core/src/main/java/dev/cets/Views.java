package dev.cets;

import dev.cets.node.Answer;
import dev.cets.node.NodeRuntime;
import dev.cets.node.NodeView;
import dev.cets.replication.PeerView;
import dev.cets.replication.Replication;
import dev.cets.spi.NodeAddress;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns what the node answers into what the application sees. */
final class Views {
  private Views() {}

  static void forget(NodeRuntime runtime, String node) {
    value(runtime.forget(node));
  }

  static <T> T value(Answer<T> answer) {
    T value = answer.value();
    if (value == null) {
      throw new CetsException(String.valueOf(answer.refusal()));
    }
    return value;
  }

  static void awaitReady(NodeRuntime runtime, Duration deadline) {
    if (!isDoneInTime(runtime, runtime.ready(), deadline)) {
      List<String> missing = value(runtime.view()).missing();
      throw new NotReadyException(
          "node " + runtime.name() + " is not ready after " + deadline + ": " + missing, missing);
    }
  }

  static void awaitDiscovery(NodeRuntime runtime, Duration deadline) {
    if (!isDoneInTime(runtime, runtime.discoveryAsked(), deadline)) {
      List<String> silent =
          value(runtime.view()).backEnds().stream()
              .filter(backEnd -> backEnd.nextInNanos() <= 0)
              .map(backEnd -> "discovery by " + backEnd.description() + " has not answered yet")
              .toList();
      throw new NotReadyException(
          "node " + runtime.name() + " waited " + deadline + " for discovery: " + silent, silent);
    }
  }

  private static boolean isDoneInTime(
      NodeRuntime runtime, CompletableFuture<Void> awaited, Duration deadline) {
    try {
      if (runtime.loop().await(awaited, deadline.toNanos())) {
        if (awaited.isCancelled()) {
          throw new CetsException("node " + runtime.name() + " was closed");
        }
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      awaited.cancel(false);
    }
    return false;
  }

  static List<TableStatus> tables(NodeRuntime runtime) {
    NodeView view = value(runtime.view());
    List<TableStatus> tables = new ArrayList<>();
    for (LocalTable<?, ?> table : runtime.tables()) {
      NodeView.TableView links = view.tables().get(table.name());
      if (links != null) {
        tables.add(status(table, links));
      }
    }
    return tables;
  }

  static TableStatus status(NodeRuntime runtime, LocalTable<?, ?> table) {
    NodeView.TableView links = value(runtime.view()).tables().get(table.name());
    if (links == null) {
      throw new CetsException("table " + table.name() + " is closed");
    }
    return status(table, links);
  }

  private static TableStatus status(LocalTable<?, ?> table, NodeView.TableView view) {
    return new TableStatus(
        table.name(),
        table.definition().type(),
        table.definition().keep() ? Ownership.KEEP : Ownership.REMOVE_RECORDS,
        table.size(),
        table.hidden(),
        view.unacknowledgedWrites(),
        view.unacknowledgedBytes(),
        view.leader(),
        view.links());
  }

  static NodeStatus status(NodeRuntime runtime) {
    NodeView view = value(runtime.view());
    SortedSet<String> available = new TreeSet<>();
    available.add(view.name());
    view.peers().stream().filter(PeerView::up).forEach(peer -> available.add(peer.name()));
    SortedSet<String> discovered = new TreeSet<>();
    SortedSet<String> unavailable = new TreeSet<>();
    view.places()
        .forEach(
            (address, place) -> {
              String node = place.node().isEmpty() ? address.toString() : place.node();
              unavailable.add(node);
              if (place.discovered()) {
                discovered.add(node);
              }
            });
    unavailable.removeAll(available);
    return new NodeStatus(
        view.name(),
        view.cluster(),
        view.incarnation(),
        view.replaced() == null ? NodeState.RUNNING : NodeState.REPLACED,
        List.copyOf(available),
        List.copyOf(unavailable),
        available.stream().filter(node -> isJoined(view, node)).toList(),
        List.copyOf(discovered),
        view.backEnds().stream().allMatch(backEnd -> backEnd.problem() == null),
        view.backEnds().stream().map(Views::discovery).toList(),
        sorted(
            view.peers().stream()
                .filter(peer -> peer.up() && !peer.discovers())
                .map(PeerView::name)
                .toList()),
        sorted(view.unknownTables().values().stream().flatMap(Collection::stream).toList()),
        sorted(view.unknownTables().keySet()),
        nodesWith(view, Replication.NO_SUCH_TABLE::equals),
        tablesWith(view, Replication.NO_SUCH_TABLE::equals),
        nodesWith(view, Replication::isMismatch),
        tablesWith(view, Replication::isMismatch),
        reasons(view));
  }

  private static DiscoveryStatus discovery(NodeView.BackEndView backEnd) {
    return new DiscoveryStatus(
        backEnd.description(),
        switch (backEnd.phase()) {
          case SEARCHING -> DiscoveryStatus.Phase.SEARCHING;
          case AFTER_ERROR -> DiscoveryStatus.Phase.AFTER_ERROR;
          case AFTER_PEER_LOST -> DiscoveryStatus.Phase.AFTER_NODE_DOWN;
          case REGULAR -> DiscoveryStatus.Phase.REGULAR;
        },
        backEnd.addresses().stream().map(NodeAddress::toString).toList(),
        backEnd.problem(),
        duration(backEnd.endedAgoNanos()),
        duration(backEnd.nextInNanos()));
  }

  private static @Nullable Duration duration(long nanos) {
    return nanos < 0 ? null : Duration.ofNanos(nanos);
  }

  private static boolean isJoined(NodeView view, String node) {
    for (NodeView.TableView table : view.tables().values()) {
      String state = table.links().get(node);
      if (state != null && !state.equals(Replication.JOINED) && !isApart(state)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isApart(String state) {
    return state.equals(Replication.NO_SUCH_TABLE) || Replication.isMismatch(state);
  }

  private static List<String> nodesWith(NodeView view, Predicate<String> state) {
    List<String> nodes = new ArrayList<>();
    for (NodeView.TableView table : view.tables().values()) {
      table.links().entrySet().stream()
          .filter(link -> state.test(link.getValue()))
          .map(Map.Entry::getKey)
          .forEach(nodes::add);
    }
    return sorted(nodes);
  }

  private static List<String> tablesWith(NodeView view, Predicate<String> state) {
    return view.tables().entrySet().stream()
        .filter(table -> table.getValue().links().values().stream().anyMatch(state))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> reasons(NodeView view) {
    List<String> reasons = new ArrayList<>(view.missing());
    if (view.replaced() != null) {
      reasons.add(view.replaced());
    }
    for (NodeView.BackEndView backEnd : view.backEnds()) {
      if (backEnd.problem() != null) {
        reasons.add("discovery by " + backEnd.description() + ": " + backEnd.problem());
      }
    }
    view.places()
        .forEach(
            (address, place) -> {
              if (!place.problem().isEmpty()) {
                reasons.add(address + " cannot be reached: " + place.problem());
              }
            });
    view.refusals().forEach((node, why) -> reasons.add("node " + node + " is refused: " + why));
    view.tables()
        .forEach(
            (table, states) ->
                states
                    .links()
                    .forEach(
                        (node, state) -> {
                          if (isApart(state)) {
                            reasons.add("table " + table + " on " + node + ": " + state);
                          }
                        }));
    return List.copyOf(reasons);
  }

  private static List<String> sorted(Collection<String> values) {
    return List.copyOf(new TreeSet<>(values));
  }
}
