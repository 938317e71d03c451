package dev.cets.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back the writes of this node's callers while somebody wants that, here or on another node,
 * and lets them go in their order after the last pause. Each pause has an end, each waiting write
 * its deadline, and the queue a limit. Pauses of another node end with it.
 */
final class Pauses<K, R> {
  private record Holder(String name, long untilNanos) {}

  /**
   * Which one.
   *
   * @param peer whose caller holds it; null: one of this node
   */
  private record Key(@Nullable Peer peer, long id) {}

  private final Replication node;
  private final String table;
  private final Consumer<LocalWrite<K, R>> apply;
  private final Map<Key, Holder> holders = new LinkedHashMap<>();
  private final Deque<LocalWrite<K, R>> waiting = new ArrayDeque<>();
  private long bytes;

  Pauses(Replication node, String table, Consumer<LocalWrite<K, R>> apply) {
    this.node = node;
    this.table = table;
    this.apply = apply;
  }

  /** A pause of this node begins. */
  void hold(long id, String name, long untilNanos) {
    holders.put(new Key(null, id), new Holder(name, untilNanos));
  }

  /** It ends, if it has not yet. */
  void release(long id) {
    release(new Key(null, id));
  }

  /** The numbers of the pauses of this node. */
  Set<Long> ids() {
    Set<Long> ids = new HashSet<>();
    holders.keySet().stream().filter(key -> key.peer() == null).forEach(key -> ids.add(key.id()));
    return ids;
  }

  /** Those that a peer holds are these from now on, and no others. */
  void hold(Peer peer, List<LinkMessage.Paused.Hold> holds) {
    Set<Key> over = new HashSet<>(of(peer));
    for (LinkMessage.Paused.Hold hold : holds) {
      Key key = new Key(peer, hold.id());
      over.remove(key);
      long nanos = Math.min(hold.forNanos(), Durations.LONGEST_NANOS);
      holders.put(key, new Holder(hold.holder(), node.now() + nanos));
    }
    over.forEach(this::release);
  }

  /** A peer that may hold pauses is gone: they end. */
  void gone(Peer peer, String why) {
    of(peer).forEach(key -> end(key, why));
  }

  private List<Key> of(Peer peer) {
    return holders.keySet().stream().filter(key -> key.peer() == peer).toList();
  }

  private void end(Key key, String why) {
    Holder holder = holders.get(key);
    if (holder != null) {
      node.tell(new Event.PauseOver(table, holder.name(), why));
      release(key);
    }
  }

  private void release(Key key) {
    if (holders.remove(key) != null && holders.isEmpty()) {
      while (!waiting.isEmpty()) {
        apply.accept(next());
      }
    }
  }

  boolean isPaused() {
    return !holders.isEmpty();
  }

  /** Takes a write that has to wait; one that finds no room ends. */
  void add(LocalWrite<K, R> write) {
    Settings settings = node.settings();
    if (waiting.size() >= settings.maxPausedWrites()
        || bytes + size(write) > settings.maxPausedBytes()) {
      end(
          write,
          "table "
              + table
              + " is paused, and "
              + waiting.size()
              + " writes of "
              + bytes
              + " bytes wait already; "
              + settings.maxPausedWrites()
              + " writes of "
              + settings.maxPausedBytes()
              + " bytes may");
      return;
    }
    waiting.addLast(write);
    bytes += size(write);
  }

  /** Ends the pauses and the waiting writes whose time is over. */
  void tick(long nowNanos) {
    if (!waiting.isEmpty()) {
      waiting.removeIf(write -> isLate(write, nowNanos));
    }
    for (Map.Entry<Key, Holder> entry : List.copyOf(holders.entrySet())) {
      if (entry.getValue().untilNanos() <= nowNanos) {
        end(entry.getKey(), "it lasted its longest time");
      }
    }
  }

  private boolean isLate(LocalWrite<K, R> write, long nowNanos) {
    boolean late = write.deadlineNanos() <= nowNanos;
    if (late) {
      bytes -= size(write);
      end(write, "table " + table + " was paused until the deadline by " + names());
    }
    return late;
  }

  /** No write waits any more. */
  void close(String reason) {
    holders.clear();
    while (!waiting.isEmpty()) {
      end(next(), reason);
    }
  }

  /** Who holds it, for a person. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    holders.values().forEach(holder -> names.add(holder.name()));
    return names;
  }

  int size() {
    return waiting.size();
  }

  private LocalWrite<K, R> next() {
    LocalWrite<K, R> write = waiting.removeFirst();
    bytes -= size(write);
    return write;
  }

  private static void end(LocalWrite<?, ?> write, String reason) {
    write.call().ended(new Outcome.NotApplied(reason));
    write.call().released();
  }

  private static <K, R> long size(LocalWrite<K, R> write) {
    long size = 0;
    for (LocalWrite.Item<K, R> item : write.items()) {
      byte[] record = item.recordBytes();
      size += item.keyBytes().length + (record == null ? 0 : record.length);
    }
    return size;
  }
}
