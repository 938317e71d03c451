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
import java.util.LinkedHashMap;
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

  /** Who waits: a call of a peer, or without a link one of this node itself. */
  private record Caller<K, R>(@Nullable Link<K, R> link, long id) {}

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
  }

  private final Replication node;
  private final Intake<K, R> intake;
  private final Standing<K, R> standing;
  private final Leadership<K, R> leadership;
  private final BiConsumer<@Nullable Link<K, R>, LinkMessage.Leading<K, R>> answer;

  /** In the order in which they came. Many may want one key, so nobody looks at all of them. */
  private final Map<K, Map<Caller<K, R>, Place<K, R>>> queues = new HashMap<>();

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
    Map<Caller<K, R>, Place<K, R>> queue =
        queues.computeIfAbsent(asked.group(), any -> LinkedHashMap.newLinkedHashMap(1));
    Place<K, R> place = new Place<>(caller, asked, node.now());
    if (queue.putIfAbsent(new Caller<>(caller, asked.id()), place) == null) {
      places++;
      grantNext(asked.group());
    }
  }

  void release(@Nullable Link<K, R> caller, Release<K, R> release) {
    Map<Caller<K, R>, Place<K, R>> queue = queues.get(release.group());
    Place<K, R> place = queue == null ? null : queue.get(new Caller<>(caller, release.id()));
    if (place != null) {
      place.released = true;
      place.writtenStamp = release.stamp();
      grantNext(release.group());
    }
  }

  /** Something was taken in: it may be what the next in a queue waits for. */
  void settle() {
    if (!awaited.isEmpty()) {
      List.copyOf(awaited).forEach(this::grantNext);
    }
  }

  /** Callers may have left, time may be over, and another node may lead now. */
  void tick() {
    for (Map.Entry<K, Map<Caller<K, R>, Place<K, R>>> queue : List.copyOf(queues.entrySet())) {
      letGo(queue.getValue(), true);
      grantNext(queue.getKey());
    }
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
    Map<Caller<K, R>, Place<K, R>> queue = queues.get(group);
    if (queue == null) {
      return;
    }
    awaited.remove(group);
    letGo(queue, false);
    if (queue.isEmpty()) {
      queues.remove(group);
      return;
    }
    Place<K, R> first = queue.values().iterator().next();
    if (!first.granted) {
      first.granted = true;
      offer(first);
    } else if (first.released) {
      awaited.add(group);
    }
  }

  /** Those at the front that wait no longer, or wait here in vain; or such ones anywhere. */
  private void letGo(Map<Caller<K, R>, Place<K, R>> queue, boolean anywhere) {
    boolean here = leadership.isHere();
    for (Iterator<Place<K, R>> each = queue.values().iterator(); each.hasNext(); ) {
      Place<K, R> place = each.next();
      if (isOver(place)) {
        each.remove();
        places--;
      } else if (!place.granted && !here) {
        each.remove();
        places--;
        answer.accept(place.caller, new NotLeading<>(place.id));
      } else if (!anywhere) {
        return;
      }
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
