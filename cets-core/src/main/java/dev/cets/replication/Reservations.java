package dev.cets.replication;

import dev.cets.replication.LinkMessage.Leading.NotLeading;
import dev.cets.replication.LinkMessage.Leading.Present;
import dev.cets.replication.LinkMessage.Leading.Release;
import dev.cets.replication.LinkMessage.Leading.Reserve;
import dev.cets.replication.LinkMessage.Leading.Reserved;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The leader's side of serial writes: for each group of keys a queue of callers, of whom the first
 * may write. It lets go when the leader has taken that write in, when the caller gives up or
 * leaves, or when the caller's time is over.
 */
final class Reservations<K, R> {
  /** Beyond what all callers together can have waiting, by far. */
  private static final int MOST = 1_000_000;

  /** One caller's place in the queue of a group. */
  private static final class Place<K, R> {
    final @Nullable Link<K, R> caller;
    final long id;
    final K group;
    final boolean ifAbsent;
    final long expiresNanos;
    boolean granted;
    boolean released;
    long writtenStamp;

    Place(@Nullable Link<K, R> caller, Reserve<K, R> asked, long nowNanos) {
      this.caller = caller;
      this.id = asked.id();
      this.group = asked.group();
      this.ifAbsent = asked.ifAbsent();
      this.expiresNanos = nowNanos + asked.forNanos();
    }

    boolean is(@Nullable Link<K, R> link, long number) {
      return caller == link && id == number;
    }
  }

  private final Replication node;
  private final Intake<K, R> intake;
  private final Standing<K, R> standing;
  private final Leadership<K, R> leadership;
  private final BiConsumer<@Nullable Link<K, R>, LinkMessage.Leading<K, R>> answer;
  private final Map<K, Deque<Place<K, R>>> queues = new HashMap<>();
  private final Deque<K> toGrant = new ArrayDeque<>();

  /** Groups whose caller has written what has not come yet. */
  private final Set<K> awaited = new HashSet<>();

  private int places;
  private boolean granting;

  /**
   * Nobody waits at first.
   *
   * @param answer tells a caller; one without a link is this node itself
   */
  Reservations(
      Replication node,
      Intake<K, R> intake,
      Standing<K, R> standing,
      Leadership<K, R> leadership,
      BiConsumer<@Nullable Link<K, R>, LinkMessage.Leading<K, R>> answer) {
    this.node = node;
    this.intake = intake;
    this.standing = standing;
    this.leadership = leadership;
    this.answer = answer;
  }

  void reserve(@Nullable Link<K, R> caller, Reserve<K, R> asked) {
    if (!leadership.isHere() || places >= MOST) {
      answer.accept(caller, new NotLeading<>(asked.id()));
      return;
    }
    Deque<Place<K, R>> queue = queues.computeIfAbsent(asked.group(), any -> new ArrayDeque<>(1));
    if (queue.stream().noneMatch(place -> place.is(caller, asked.id()))) {
      queue.addLast(new Place<>(caller, asked, node.now()));
      places++;
      grantNext(asked.group());
    }
  }

  void release(@Nullable Link<K, R> caller, Release<K, R> release) {
    Deque<Place<K, R>> queue = queues.get(release.group());
    if (queue == null) {
      return;
    }
    for (Place<K, R> place : queue) {
      if (place.is(caller, release.id())) {
        place.released = true;
        place.writtenStamp = release.stamp();
        awaited.add(place.group);
      }
    }
    grantNext(release.group());
  }

  /** Something was taken in: it may be what the next in a queue waits for. */
  void settle() {
    if (!awaited.isEmpty()) {
      List.copyOf(awaited).forEach(this::grantNext);
    }
  }

  /** Callers may have left, time may be over, and another node may lead now. */
  void tick() {
    List.copyOf(queues.keySet()).forEach(this::grantNext);
  }

  /** As a queue may be long, and all of this node, this must not nest. */
  private void grantNext(K group) {
    toGrant.addLast(group);
    if (granting) {
      return;
    }
    granting = true;
    try {
      for (K next = toGrant.pollFirst(); next != null; next = toGrant.pollFirst()) {
        grant(next);
      }
    } finally {
      granting = false;
    }
  }

  private void grant(K group) {
    Deque<Place<K, R>> queue = queues.get(group);
    if (queue == null) {
      return;
    }
    awaited.remove(group);
    for (Iterator<Place<K, R>> each = queue.iterator(); each.hasNext(); ) {
      Place<K, R> place = each.next();
      if (isOver(place)) {
        each.remove();
        places--;
      } else if (!place.granted && !leadership.isHere()) {
        each.remove();
        places--;
        answer.accept(place.caller, new NotLeading<>(place.id));
      }
    }
    Place<K, R> first = queue.peekFirst();
    if (first == null) {
      queues.remove(group);
    } else if (!first.granted) {
      first.granted = true;
      offer(first);
    } else if (first.released) {
      awaited.add(group);
    }
  }

  private void offer(Place<K, R> first) {
    if (first.ifAbsent && standing.isAny(first.group)) {
      first.released = true;
      answer.accept(first.caller, new Present<>(first.id, standing.theOne(first.group)));
      grantNext(first.group);
      return;
    }
    LiveVersions<K, R> live = intake.store().versions(first.group);
    List<VersionId> held = new ArrayList<>();
    for (int i = 0; live != null && i < live.count(); i++) {
      Version<R> version = live.version(i);
      held.add(new VersionId(version.origin().incarnation(), version.stamp()));
    }
    answer.accept(first.caller, new Reserved<>(first.id, held));
  }

  private boolean isOver(Place<K, R> place) {
    Link<K, R> caller = place.caller;
    if ((caller != null && caller.closed()) || place.expiresNanos <= node.now()) {
      return true;
    }
    Incarnation writer = caller == null ? node.self() : caller.peer().identity();
    return place.released
        && (place.writtenStamp == 0 || intake.hasSeen(writer, place.writtenStamp));
  }
}
