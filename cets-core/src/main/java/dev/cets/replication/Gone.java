package dev.cets.replication;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The incarnations that are given up for good, on proof: for each name, the start of the last one
 * that is. Merges by maximum.
 */
final class Gone {
  private final Map<String, Long> lastStart = new HashMap<>();
  private long changes;

  boolean has(Incarnation incarnation) {
    Long last = lastStart.get(incarnation.name());
    return last != null && incarnation.start() <= last;
  }

  /** The last start that is gone for a name; -1 if none is. */
  long lastStart(String name) {
    return lastStart.getOrDefault(name, -1L);
  }

  /** Takes over what another knows; says whether something was new. */
  boolean merge(Map<String, Long> others) {
    boolean news = false;
    for (Map.Entry<String, Long> other : others.entrySet()) {
      if (other.getValue() > lastStart(other.getKey())) {
        lastStart.put(other.getKey(), other.getValue());
        news = true;
        changes++;
      }
    }
    return news;
  }

  /** How often something was new. */
  long changes() {
    return changes;
  }

  /** A copy, in the order of names. */
  Map<String, Long> snapshot() {
    return lastStart.isEmpty() ? Map.of() : new TreeMap<>(lastStart);
  }
}
