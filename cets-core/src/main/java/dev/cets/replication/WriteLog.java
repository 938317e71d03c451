package dev.cets.replication;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * This node's own writes of a table that not every peer has acknowledged, numbered in order. Links
 * send from here, each at its own pace, so a write is held once, however many peers are behind. One
 * that is complete may still be held, for peers that are joining.
 */
final class WriteLog<K, R> {
  /**
   * The peers that a write goes to, and among them those that it waits for, see {@link Joining}.
   */
  static final class Waits<K, R> {
    private final List<Link<K, R>> open;
    private final List<Link<K, R>> links;
    private final Set<String> everyone;
    private final String self;

    /**
     * As of when a write is applied.
     *
     * @param open the links over which it goes out
     * @param awaited those of them whose acknowledgement it waits for
     */
    Waits(String self, List<Link<K, R>> open, List<Link<K, R>> awaited) {
      this.self = self;
      this.open = List.copyOf(open);
      this.links = List.copyOf(awaited);
      this.everyone = names(true);
    }

    /** Is the write complete? */
    boolean done(long stamp) {
      return done(links, stamp);
    }

    /** Has everybody to whom it went out acknowledged it? */
    boolean delivered(long stamp) {
      return done(open, stamp);
    }

    private static <K, R> boolean done(List<Link<K, R>> links, long stamp) {
      for (Link<K, R> link : links) {
        if (!link.closed() && link.acknowledged() < stamp) {
          return false;
        }
      }
      return true;
    }

    Set<String> missing(long stamp) {
      Set<String> names = new TreeSet<>();
      for (Link<K, R> link : links) {
        if (!link.closed() && link.acknowledged() < stamp) {
          names.add(link.peer().name());
        }
      }
      return names;
    }

    /**
     * Who has it. A write of nothing is a ping, and tells who has all that came before it: a peer
     * that is still joining has not, though it acknowledged.
     */
    Outcome.Applied outcome(int changes) {
      if (changes == 0) {
        Set<String> joined = new TreeSet<>(names(true, false));
        links.forEach(
            link -> {
              if (!link.isPeerJoined()) {
                joined.remove(link.peer().name());
              }
            });
        return new Outcome.Applied(Collections.unmodifiableSet(joined), names(false, false), 0);
      }
      for (Link<K, R> link : links) {
        if (link.closed()) {
          return new Outcome.Applied(names(true, false), names(false, false), changes);
        }
      }
      return new Outcome.Applied(everyone, Set.of(), changes);
    }

    private Set<String> names(boolean withSelf) {
      return names(withSelf, true);
    }

    /** Those that are still there with this node itself, or those that left, or all. */
    private Set<String> names(boolean present, boolean all) {
      Set<String> names = new TreeSet<>();
      if (present) {
        names.add(self);
      }
      for (Link<K, R> link : links) {
        if (all || link.closed() != present) {
          names.add(link.peer().name());
        }
      }
      return Collections.unmodifiableSet(names);
    }
  }

  /** One write on its way. */
  static final class Pending<K, R> {
    final long stamp;
    final byte[] bytes;
    final Waits<K, R> waits;
    final int changes;
    final long deadlineNanos;
    final Call call;
    boolean ended;

    Pending(
        long stamp, byte[] bytes, Waits<K, R> waits, int changes, long deadlineNanos, Call call) {
      this.stamp = stamp;
      this.bytes = bytes;
      this.waits = waits;
      this.changes = changes;
      this.deadlineNanos = deadlineNanos;
      this.call = call;
    }

    void end(Outcome outcome) {
      if (!ended) {
        ended = true;
        call.ended(outcome);
      }
    }
  }

  /**
   * Writes that follow each other, as they travel. Never changed.
   *
   * @param end the number of the write after the last of them
   * @param lastStamp the stamp of the last of them
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Batch(long first, long end, long lastStamp, byte[] bytes) {}

  private static final int INITIAL = 64;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private @Nullable Pending<K, R>[] ring = new Pending[INITIAL];

  private @Nullable Batch lastBatch;
  private final LongConsumer completed;
  private long first;
  private long complete;
  private long end;
  private long bytes;
  private long nextDeadlineNanos = Long.MAX_VALUE;

  /**
   * An empty log.
   *
   * @param completed told the stamp of each write that nobody has to acknowledge any more
   */
  WriteLog(LongConsumer completed) {
    this.completed = completed;
  }

  /** The number of the oldest write that is held. */
  long first() {
    return first;
  }

  /** The number of the write after the last. */
  long end() {
    return end;
  }

  int size() {
    return (int) (end - first);
  }

  long bytes() {
    return bytes;
  }

  /** The oldest write that is not complete; null if all are. */
  @Nullable Pending<K, R> oldestWaiting() {
    return complete == end ? null : get(complete);
  }

  /** The peers that any write waits for: whoever lacks an older one lacks the last one as well. */
  Set<String> missing() {
    if (complete == end) {
      return Set.of();
    }
    Pending<K, R> last = get(end - 1);
    return last.waits.missing(last.stamp);
  }

  void add(Pending<K, R> pending) {
    if (size() == ring.length) {
      grow();
    }
    ring[index(end++)] = pending;
    bytes += pending.bytes.length;
    nextDeadlineNanos = Math.min(nextDeadlineNanos, pending.deadlineNanos);
  }

  Pending<K, R> get(long number) {
    Pending<K, R> pending = ring[index(number)];
    if (pending == null) {
      throw new IllegalStateException("write " + number + " of " + first + " to " + end);
    }
    return pending;
  }

  /**
   * The writes from this number on, at least one, and as many more as there are and fit into so
   * many bytes. Links go at one pace mostly, so that what was put together for one serves for all.
   */
  Batch batch(long from, int maxBytes) {
    Batch known = lastBatch;
    if (known != null && known.first() == from && known.end() == end) {
      return known;
    }
    long to = from + 1;
    int size = get(from).bytes.length;
    while (to < end && size + get(to).bytes.length <= maxBytes) {
      size += get(to++).bytes.length;
    }
    if (known == null || known.first() != from || known.end() != to) {
      known = new Batch(from, to, get(to - 1).stamp, bytes(from, to, size));
      lastBatch = known;
    }
    return known;
  }

  private byte[] bytes(long from, long to, int size) {
    if (to == from + 1) {
      return get(from).bytes;
    }
    byte[] all = new byte[size];
    int at = 0;
    for (long number = from; number < to; number++) {
      byte[] one = get(number).bytes;
      System.arraycopy(one, 0, all, at, one.length);
      at += one.length;
    }
    return all;
  }

  /** Ends the writes that nobody has to acknowledge any more, and lets go of what all have. */
  void complete() {
    while (complete < end) {
      Pending<K, R> next = get(complete);
      if (!next.waits.done(next.stamp)) {
        break;
      }
      complete++;
      completed.accept(next.stamp);
      next.end(next.waits.outcome(next.changes));
    }
    while (first < complete) {
      Pending<K, R> head = get(first);
      if (!head.waits.delivered(head.stamp)) {
        break;
      }
      removeFirst(head);
    }
  }

  /** Answers the calls whose time is over; the writes stay. */
  void expire(long nowNanos) {
    if (nowNanos < nextDeadlineNanos) {
      return;
    }
    nextDeadlineNanos = Long.MAX_VALUE;
    for (long number = complete; number < end; number++) {
      Pending<K, R> pending = get(number);
      if (!pending.ended && pending.deadlineNanos <= nowNanos) {
        pending.end(
            new Outcome.Unknown("the deadline passed", pending.waits.missing(pending.stamp)));
      } else if (!pending.ended) {
        nextDeadlineNanos = Math.min(nextDeadlineNanos, pending.deadlineNanos);
      }
    }
  }

  /** Ends all calls; nothing is held any more. */
  void close(String reason) {
    while (first < end) {
      Pending<K, R> head = get(first);
      removeFirst(head);
      complete = Math.max(complete, first);
      head.end(new Outcome.Unknown(reason, head.waits.missing(head.stamp)));
    }
  }

  private void removeFirst(Pending<K, R> head) {
    if (lastBatch != null && lastBatch.first() == first) {
      lastBatch = null;
    }
    ring[index(first++)] = null;
    bytes -= head.bytes.length;
    head.call.released();
  }

  private int index(long number) {
    return (int) (number & (ring.length - 1));
  }

  private void grow() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    @Nullable Pending<K, R>[] larger = new Pending[ring.length * 2];
    for (long number = first; number < end; number++) {
      larger[(int) (number & (larger.length - 1))] = ring[index(number)];
    }
    ring = larger;
  }
}
