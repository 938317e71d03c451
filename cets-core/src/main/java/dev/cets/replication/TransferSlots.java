package dev.cets.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * So many pulls at once, over all tables and peers, so that joining never takes the memory. With
 * one at a time a node that joins gets each record once, from the first, and has only to compare
 * with the others.
 */
final class TransferSlots {
  private record Waiting(Link<?, ?> link, Runnable begin) {}

  private final int most;
  private final Set<Link<?, ?>> active = new HashSet<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  TransferSlots(int most) {
    this.most = most;
  }

  /** Is any pull under way? */
  boolean inUse() {
    return !active.isEmpty();
  }

  /** Runs this now, or when a slot is free. A link that is active or waiting stays as it is. */
  void acquire(Link<?, ?> link, Runnable begin) {
    if (active.contains(link) || waiting.stream().anyMatch(other -> other.link() == link)) {
      return;
    }
    if (active.size() < most) {
      active.add(link);
      begin.run();
    } else {
      waiting.addLast(new Waiting(link, begin));
    }
  }

  /** Another transfer waits for this one: if it waits itself, it is begun, whatever the limit. */
  void hurry(Link<?, ?> link) {
    for (Waiting next : waiting) {
      if (next.link() == link) {
        waiting.remove(next);
        active.add(link);
        next.begin().run();
        return;
      }
    }
  }

  /** The link needs no slot any more. */
  void release(Link<?, ?> link) {
    waiting.removeIf(other -> other.link() == link);
    if (active.remove(link)) {
      while (active.size() < most && !waiting.isEmpty()) {
        Waiting next = waiting.removeFirst();
        active.add(next.link());
        next.begin().run();
      }
    }
  }
}
