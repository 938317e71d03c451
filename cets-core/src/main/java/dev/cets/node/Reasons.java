package dev.cets.node;

import dev.cets.replication.LinkView;
import dev.cets.replication.Replication;
import java.util.ArrayList;
import java.util.List;

/** For each thing that is not as it should be, one sentence. */
final class Reasons {
  private Reasons() {}

  static List<String> of(NodeView view) {
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
            (name, table) -> table.links().forEach(link -> addReasons(reasons, name, table, link)));
    return List.copyOf(reasons);
  }

  private static void addReasons(
      List<String> reasons, String name, NodeView.TableView table, LinkView link) {
    if (Replication.isApart(link.state())) {
      reasons.add("table " + name + " on " + link.peer() + ": " + link.state());
    }
    if (link.otherNodes()) {
      reasons.add(
          "table "
              + name
              + " on "
              + link.peer()
              + ": is replicated to other nodes there than here, which is to "
              + String.join(", ", table.joinedNodes()));
    }
  }
}
