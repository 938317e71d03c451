package dev.cets.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a node as they travel: lists of texts by name, so that a version which knows more
 * of them, or fewer, understands the others. What would be too long is cut off.
 */
final class FigureTexts {
  /** Of one figure. */
  static final int MOST_TEXTS = 1000;

  /** Of one text. */
  static final int MOST_CHARS = 1000;

  private FigureTexts() {}

  static Map<String, List<String>> of(Figures figures) {
    Map<String, List<String>> texts = new TreeMap<>();
    put(texts, "cluster", List.of(figures.cluster()));
    put(texts, "incarnation", List.of(figures.incarnation()));
    put(texts, "state", List.of(figures.state().name()));
    put(texts, "wallMillis", List.of(String.valueOf(figures.wallMillis())));
    put(texts, "availableNodes", figures.availableNodes());
    put(texts, "unavailableNodes", figures.unavailableNodes());
    put(texts, "joinedNodes", figures.joinedNodes());
    put(texts, "discoveredNodes", figures.discoveredNodes());
    put(texts, "discoveryWorks", List.of(String.valueOf(figures.discoveryWorks())));
    put(texts, "remoteNodesWithoutDiscovery", figures.remoteNodesWithoutDiscovery());
    put(texts, "remoteNodesWithUnknownTables", figures.remoteNodesWithUnknownTables());
    put(texts, "remoteUnknownTables", figures.remoteUnknownTables());
    put(texts, "remoteNodesWithMissingTables", figures.remoteNodesWithMissingTables());
    put(texts, "remoteMissingTables", figures.remoteMissingTables());
    put(texts, "conflictNodes", figures.conflictNodes());
    put(texts, "conflictTables", figures.conflictTables());
    put(texts, "reasons", figures.reasons());
    put(texts, "tables", List.copyOf(figures.records().keySet()));
    put(texts, "records", figures.records().values().stream().map(String::valueOf).toList());
    return texts;
  }

  private static void put(Map<String, List<String>> texts, String name, List<String> values) {
    texts.put(
        name,
        values.stream()
            .limit(MOST_TEXTS)
            .map(text -> text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) : text)
            .toList());
  }

  /** What a node told; what it did not tell is empty. */
  static Figures read(String node, Map<String, List<String>> texts) {
    return new Figures(
        node,
        first(texts, "cluster"),
        first(texts, "incarnation"),
        state(first(texts, "state")),
        number(first(texts, "wallMillis")),
        list(texts, "availableNodes"),
        list(texts, "unavailableNodes"),
        list(texts, "joinedNodes"),
        list(texts, "discoveredNodes"),
        Boolean.parseBoolean(first(texts, "discoveryWorks")),
        list(texts, "remoteNodesWithoutDiscovery"),
        list(texts, "remoteNodesWithUnknownTables"),
        list(texts, "remoteUnknownTables"),
        list(texts, "remoteNodesWithMissingTables"),
        list(texts, "remoteMissingTables"),
        list(texts, "conflictNodes"),
        list(texts, "conflictTables"),
        list(texts, "reasons"),
        records(list(texts, "tables"), list(texts, "records")));
  }

  private static Map<String, Integer> records(List<String> tables, List<String> records) {
    Map<String, Integer> byTable = new TreeMap<>();
    for (int i = 0; i < Math.min(tables.size(), records.size()); i++) {
      byTable.put(tables.get(i), (int) number(records.get(i)));
    }
    return byTable;
  }

  private static List<String> list(Map<String, List<String>> texts, String name) {
    return new ArrayList<>(texts.getOrDefault(name, List.of()));
  }

  private static String first(Map<String, List<String>> texts, String name) {
    List<String> list = texts.getOrDefault(name, List.of());
    return list.isEmpty() ? "" : list.getFirst();
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static RunState state(String text) {
    for (RunState state : RunState.values()) {
      if (state.name().equals(text)) {
        return state;
      }
    }
    return RunState.RUNNING;
  }
}
