package dev.cets.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The peers that a table has lost: the last of them, and those whose handlers are under way, which
 * are not linked again until these are done or have had their time.
 */
public final class Losses {
  /**
   * A peer that went down.
   *
   * @param wallMillis when, by this node's clock
   */
  public record Loss(String node, long wallMillis) {}

  private record Handling(long number, String node, long untilNanos) {}

  private static final int MOST_REMEMBERED = 100;

  private final Replication node;
  private final String table;
  private final Deque<Loss> history = new ArrayDeque<>();
  private final Map<Long, Handling> handlings = new HashMap<>();

  /** Those that nothing waits for any more. */
  private final Map<Long, Handling> late = new LinkedHashMap<>();

  private long numbers;

  Losses(Replication node, String table) {
    this.node = node;
    this.table = table;
  }

  /** The last ones, the latest first. */
  public List<Loss> history() {
    return new ArrayList<>(history);
  }

  void add(String peer, boolean leads) {
    history.addFirst(new Loss(peer, node.clock().wall()));
    if (history.size() > MOST_REMEMBERED) {
      history.removeLast();
    }
    node.tell(new Event.PeerLost(table, peer, leads));
  }

  /** Handlers of this loss begin; the answer is their number. */
  public long handle(String peer) {
    long until = node.now() + Durations.saturatedNanos(node.settings().handlerLimit());
    Handling handling = new Handling(++numbers, peer, until);
    handlings.put(numbers, handling);
    node.tasks()
        .begin(
            handling,
            "node-down handling of table " + table + " for " + peer,
            () -> "the application's handlers",
            node.now());
    return numbers;
  }

  /** They are done; says which node may be linked again. */
  Set<String> handled(long number) {
    Handling handling = handlings.remove(number);
    Handling done = handling == null ? late.remove(number) : handling;
    if (done != null) {
      node.tasks().end(done, node.now());
    }
    return handling == null || isHandled(handling.node()) ? Set.of() : Set.of(handling.node());
  }

  /** Has this node to wait? */
  boolean isHandled(String peer) {
    return handlings.values().stream().anyMatch(handling -> handling.node().equals(peer));
  }

  /** Waits no longer for handlers that have had their time; says for whom. */
  Set<String> tick(long nowNanos) {
    if (handlings.isEmpty()) {
      return Set.of();
    }
    Set<String> released = new HashSet<>();
    for (Map.Entry<Long, Handling> entry : List.copyOf(handlings.entrySet())) {
      if (entry.getValue().untilNanos() <= nowNanos) {
        handlings.remove(entry.getKey());
        late.put(entry.getKey(), entry.getValue());
        released.add(entry.getValue().node());
      }
    }
    while (late.size() > MOST_REMEMBERED) {
      Map.Entry<Long, Handling> oldest = late.entrySet().iterator().next();
      late.remove(oldest.getKey());
      node.tasks().drop(oldest.getValue());
    }
    released.removeIf(this::isHandled);
    for (String peer : released) {
      node.tell(new Event.HandlersLate(table, peer));
    }
    return released;
  }

  /** The table is closed: nobody is interested any more. */
  void close() {
    handlings.values().forEach(node.tasks()::drop);
    late.values().forEach(node.tasks()::drop);
    handlings.clear();
    late.clear();
  }
}
