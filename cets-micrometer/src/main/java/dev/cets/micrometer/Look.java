package dev.cets.micrometer;

import dev.cets.CetsNode;
import dev.cets.NodeStatus;
import dev.cets.TableStatus;
import java.util.Map;
import java.util.TreeMap;

/** All that meters read, as of one moment. */
record Look(NodeStatus node, Map<String, TableStatus> tables) {
  static Look at(CetsNode node) {
    Map<String, TableStatus> tables = new TreeMap<>();
    node.tables().forEach(table -> tables.put(table.name(), table));
    return new Look(node.status(), tables);
  }
}
