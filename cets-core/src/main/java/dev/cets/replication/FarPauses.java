package dev.cets.replication;

import dev.cets.replication.LinkMessage.Paused;
import dev.cets.replication.LinkMessage.PausedTaken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pauses that callers of this node hold on other nodes. A peer is told all of them that are
 * meant for it, each time when there is one more or less, and whenever its link opens; so nothing
 * has to be told of one that is over, and a peer that was away knows again.
 */
final class FarPauses<K, R> {
  /**
   * A pause.
   *
   * @param of the name of the node that it is meant for; null: all
   */
  private record Held(String holder, @Nullable String of, long untilNanos) {
    boolean isFor(Link<?, ?> link) {
      return of == null || of.equals(link.peer().name());
    }
  }

  /** A caller who waits until its pause holds. */
  private record Waiting(long id, long revision, List<Peer> peers, long deadlineNanos, Call call) {}

  private final Replication node;
  private final Links<K, R> links;
  private final Intake<K, R> intake;
  private final Map<Long, Held> held = new LinkedHashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private long revision;

  FarPauses(Replication node, Links<K, R> links, Intake<K, R> intake) {
    this.node = node;
    this.links = links;
    this.intake = intake;
  }

  /** The numbers of those that are held. */
  Set<Long> ids() {
    return new HashSet<>(held.keySet());
  }

  /**
   * A pause begins; the call ends when it holds everywhere, and what callers there wrote before is
   * here. If that is not so by the deadline, the pause is over.
   *
   * @param of the name of the node that it is meant for; null: all
   */
  void hold(
      long id, String holder, @Nullable String of, long untilNanos, long deadlineNanos, Call call) {
    Held pause = new Held(holder, of, untilNanos);
    held.put(id, pause);
    List<Peer> told = tell(pause);
    waiting.add(new Waiting(id, revision, told, deadlineNanos, call));
    settle();
  }

  /** A pause ends, if it has not yet. */
  void release(long id) {
    Held pause = held.remove(id);
    if (pause != null) {
      tell(pause);
    }
  }

  private List<Peer> tell(Held changed) {
    revision++;
    List<Link<K, R>> told = links.open().stream().filter(changed::isFor).toList();
    told.forEach(this::tell);
    return told.stream().map(Link::peer).toList();
  }

  private void tell(Link<K, R> link) {
    List<Paused.Hold> holds = new ArrayList<>();
    held.forEach(
        (id, pause) -> {
          if (pause.isFor(link) && pause.untilNanos() > node.now()) {
            holds.add(new Paused.Hold(id, pause.holder(), pause.untilNanos() - node.now()));
          }
        });
    link.pauses.told(revision, node.now());
    link.send(new Paused<>(revision, holds));
  }

  /** The other side of a link may have missed what was told meanwhile, or be new. */
  void opened(Link<K, R> link) {
    if (revision > 0) {
      tell(link);
    }
  }

  void taken(Link<K, R> link, PausedTaken<K, R> taken) {
    link.pauses.taken(taken.revision(), taken.wrote());
    settle();
  }

  /** Answers those whose pause holds. */
  void settle() {
    if (!waiting.isEmpty()) {
      waiting.removeIf(this::isSettled);
    }
  }

  private boolean isSettled(Waiting pause) {
    if (!missing(pause).isEmpty()) {
      return false;
    }
    Set<String> by = new TreeSet<>(Set.of(node.self().name()));
    Set<String> left = new TreeSet<>();
    for (Peer peer : pause.peers()) {
      (isGone(peer) ? left : by).add(peer.name());
    }
    end(pause, new Outcome.Applied(by, left, 0));
    return true;
  }

  private Set<String> missing(Waiting pause) {
    Set<String> names = new TreeSet<>();
    for (Peer peer : pause.peers()) {
      if (!isGone(peer) && !holds(links.of(peer), pause.revision())) {
        names.add(peer.name());
      }
    }
    return names;
  }

  /** A link that begins anew is waited for: the peer is told again when it opens. */
  private boolean isGone(Peer peer) {
    Link<K, R> link = links.of(peer);
    return link == null || link.isRefused();
  }

  private boolean holds(@Nullable Link<K, R> link, long asked) {
    return link != null
        && link.pauses.taken() >= asked
        && (!link.isPulled() || intake.unbroken(link.peer().identity()) >= link.pauses.wrote());
  }

  private static void end(Waiting pause, Outcome outcome) {
    pause.call().ended(outcome);
    pause.call().released();
  }

  /** Peers end what is over by themselves; those whose answer is missing are told again. */
  void tick(long nowNanos) {
    held.values().removeIf(pause -> pause.untilNanos() <= nowNanos);
    for (Waiting pause : List.copyOf(waiting)) {
      if (pause.deadlineNanos() <= nowNanos) {
        waiting.remove(pause);
        release(pause.id());
        end(pause, new Outcome.Unknown("the deadline passed", missing(pause)));
      }
    }
    long patience = node.settings().beat().toNanos();
    for (Link<K, R> link : links.open()) {
      if (link.pauses.isUnanswered(nowNanos - patience)) {
        tell(link);
      }
    }
  }

  void close(String reason) {
    held.clear();
    List<Waiting> ending = List.copyOf(waiting);
    waiting.clear();
    ending.forEach(pause -> end(pause, new Outcome.NotApplied(reason)));
  }
}
