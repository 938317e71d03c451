package dev.cets.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How often what happened, since the node began: in all, and by table. Read by any thread. */
public final class Counts {
  private final Map<Counter, AtomicLong> all = new ConcurrentHashMap<>();
  private final Map<String, Map<Counter, AtomicLong>> byTable = new ConcurrentHashMap<>();

  void add(Counter counter, long more) {
    add(all, counter, more);
  }

  void add(Counter counter, String table, long more) {
    add(counter, more);
    add(byTable.computeIfAbsent(table, name -> new ConcurrentHashMap<>()), counter, more);
  }

  private static void add(Map<Counter, AtomicLong> counts, Counter counter, long more) {
    counts.computeIfAbsent(counter, which -> new AtomicLong()).addAndGet(more);
  }

  /** In all. */
  public long of(Counter counter) {
    return of(all, counter);
  }

  /** Of one table, whether it is open or not. */
  public long of(Counter counter, String table) {
    Map<Counter, AtomicLong> counts = byTable.get(table);
    return counts == null ? 0 : of(counts, counter);
  }

  private static long of(Map<Counter, AtomicLong> counts, Counter counter) {
    AtomicLong count = counts.get(counter);
    return count == null ? 0 : count.get();
  }
}
