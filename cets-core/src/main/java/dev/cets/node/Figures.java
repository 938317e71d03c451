package dev.cets.node;

import dev.cets.replication.LinkView;
import dev.cets.replication.PeerAnswer;
import dev.cets.replication.PeerView;
import dev.cets.replication.Replication;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How a node sees its cluster: the twelve figures, and the reasons for what is not as it should be.
 * Lists are sorted and without duplicates; nodes are told by name, an address where nobody ever
 * answered as {@code host:port}.
 *
 * @param records by table, how many are visible
 */
public record Figures(
    String node,
    String cluster,
    String incarnation,
    RunState state,
    long wallMillis,
    List<String> availableNodes,
    List<String> unavailableNodes,
    List<String> joinedNodes,
    List<String> discoveredNodes,
    boolean discoveryWorks,
    List<String> remoteNodesWithoutDiscovery,
    List<String> remoteNodesWithUnknownTables,
    List<String> remoteUnknownTables,
    List<String> remoteNodesWithMissingTables,
    List<String> remoteMissingTables,
    List<String> conflictNodes,
    List<String> conflictTables,
    List<String> reasons,
    long refusedConnections,
    Map<String, Integer> records) {

  /** Those of a node. */
  public static Figures of(NodeView view) {
    NavigableSet<String> available = new TreeSet<>(List.of(view.name()));
    view.peers().stream().filter(PeerView::up).forEach(peer -> available.add(peer.name()));
    NavigableSet<String> discovered = new TreeSet<>();
    view.places()
        .forEach(
            (address, place) -> {
              if (place.discovered()) {
                discovered.add(place.node().isEmpty() ? address.toString() : place.node());
              }
            });
    NavigableSet<String> unavailable = new TreeSet<>(discovered);
    unavailable.removeAll(available);
    Map<String, Integer> records = new TreeMap<>();
    view.tables().forEach((table, figures) -> records.put(table, figures.records()));
    return new Figures(
        view.name(),
        view.cluster(),
        view.incarnation(),
        view.state(),
        view.wallMillis(),
        List.copyOf(available),
        List.copyOf(unavailable),
        available.stream().filter(node -> isJoined(view, node)).toList(),
        List.copyOf(discovered),
        view.backEnds().stream().allMatch(backEnd -> backEnd.problem() == null),
        sorted(
            view.peers().stream()
                .filter(peer -> peer.up() && !peer.discovers())
                .map(PeerView::name)
                .toList()),
        sorted(view.unknownTables().values().stream().flatMap(Collection::stream).toList()),
        sorted(view.unknownTables().keySet()),
        nodesWith(view, Figures::isMissing),
        tablesWith(view, Figures::isMissing),
        nodesWith(view, Figures::isConflict),
        tablesWith(view, Figures::isConflict),
        Reasons.of(view),
        view.refusedConnections(),
        records);
  }

  /** As they travel. */
  Map<String, List<String>> texts() {
    return FigureTexts.of(this);
  }

  /** What a peer told; what it did not tell is empty. */
  public static Figures of(String peer, PeerAnswer answer) {
    return FigureTexts.read(peer, answer.figures());
  }

  private static boolean isMissing(LinkView link) {
    return link.state().equals(Replication.NO_SUCH_TABLE);
  }

  /** Another definition there, or another set of nodes that replicate it. */
  private static boolean isConflict(LinkView link) {
    return Replication.isMismatch(link.state()) || link.otherNodes();
  }

  private static boolean isJoined(NodeView view, String node) {
    for (NodeView.TableView table : view.tables().values()) {
      LinkView link = table.linkWith(node);
      if (link != null
          && !link.state().equals(Replication.JOINED)
          && !Replication.isApart(link.state())) {
        return false;
      }
    }
    return true;
  }

  private static List<String> nodesWith(NodeView view, Predicate<LinkView> is) {
    List<String> nodes = new ArrayList<>();
    for (NodeView.TableView table : view.tables().values()) {
      table.links().stream().filter(is).map(LinkView::peer).forEach(nodes::add);
    }
    return sorted(nodes);
  }

  private static List<String> tablesWith(NodeView view, Predicate<LinkView> is) {
    return view.tables().entrySet().stream()
        .filter(table -> table.getValue().links().stream().anyMatch(is))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> sorted(Collection<String> values) {
    return List.copyOf(new TreeSet<>(values));
  }
}
