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

  /** Of all together, so that they always fit into a frame. */
  static final int MOST_CHARS_IN_ALL = 1_000_000;

  private final Map<String, List<String>> texts = new TreeMap<>();
  private int charsLeft = MOST_CHARS_IN_ALL;

  private FigureTexts() {}

  static Map<String, List<String>> of(Figures figures) {
    FigureTexts all = new FigureTexts();
    all.putAll(figures);
    return all.texts;
  }

  private void putAll(Figures figures) {
    put("cluster", List.of(figures.cluster()));
    put("incarnation", List.of(figures.incarnation()));
    put("state", List.of(figures.state().name()));
    put("wallMillis", List.of(String.valueOf(figures.wallMillis())));
    put("availableNodes", figures.availableNodes());
    put("unavailableNodes", figures.unavailableNodes());
    put("joinedNodes", figures.joinedNodes());
    put("discoveredNodes", figures.discoveredNodes());
    put("discoveryWorks", List.of(String.valueOf(figures.discoveryWorks())));
    put("remoteNodesWithoutDiscovery", figures.remoteNodesWithoutDiscovery());
    put("remoteNodesWithUnknownTables", figures.remoteNodesWithUnknownTables());
    put("remoteUnknownTables", figures.remoteUnknownTables());
    put("remoteNodesWithMissingTables", figures.remoteNodesWithMissingTables());
    put("remoteMissingTables", figures.remoteMissingTables());
    put("conflictNodes", figures.conflictNodes());
    put("conflictTables", figures.conflictTables());
    put("reasons", figures.reasons());
    put("refusedConnections", List.of(String.valueOf(figures.refusedConnections())));
    put("tables", List.copyOf(figures.records().keySet()));
    put("records", figures.records().values().stream().map(String::valueOf).toList());
  }

  private void put(String name, List<String> values) {
    List<String> cut = new ArrayList<>();
    for (String value : values) {
      String text = value.length() > MOST_CHARS ? value.substring(0, MOST_CHARS) : value;
      if (cut.size() == MOST_TEXTS || text.length() > charsLeft) {
        break;
      }
      charsLeft -= text.length();
      cut.add(text);
    }
    texts.put(name, cut);
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
        number(first(texts, "refusedConnections")),
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
