package dev.cets.testkit.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A key that is never removed, only overwritten, never reads as absent once it was read at a node.
 * For tables that keep records: in others a record goes with its owner.
 */
final class PresenceCheck {
  private final Verdict verdict;
  private final List<String> steadyKeys;
  private final Map<Object, Set<String>> readByRun = new WeakHashMap<>();

  PresenceCheck(Verdict verdict, List<String> steadyKeys) {
    this.verdict = verdict;
    this.steadyKeys = steadyKeys;
  }

  /** To be called after every event of a node. */
  void event(SimulatedNode node) {
    Object run = node.run();
    OpenTable table = node.table();
    if (run != null && table != null && !steadyKeys.isEmpty()) {
      verdict.check("what is never removed never reads as absent", () -> absent(node, run, table));
    }
  }

  private @Nullable String absent(SimulatedNode node, Object run, OpenTable table) {
    Set<String> read = readByRun.computeIfAbsent(run, any -> new HashSet<>());
    for (String key : steadyKeys) {
      if (table.calls().contains(key)) {
        read.add(key);
      } else if (read.contains(key)) {
        return "at " + node.name() + " key " + key + " reads as absent";
      }
    }
    return null;
  }
}
