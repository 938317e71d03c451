package dev.cets.replication;

import dev.cets.replication.LinkMessage.Awaited;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.Pulled;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the two sides of a link come to be joined. Writes of one do not wait for the other while that
 * takes in a whole table, which may take it long. So it has to be made sure that nothing was
 * complete without it when it counts as joined:
 *
 * <ol>
 *   <li>its pull has ended, and it says so;
 *   <li>from then on writes wait for its acknowledgement, and it is told the stamp of the last one
 *       that does not;
 *   <li>its stream has brought that one, so it is joined, and says so.
 * </ol>
 *
 * <p>That holds for each side by itself. Beats repeat what was lost.
 */
final class Joining<K, R> {
  private final Replication node;
  private final TableReplica<K, R> table;
  private final Intake<K, R> intake;
  private final Links<K, R> links;
  private final OwnWrites<K, R> own;

  /** What is to be told of links whose pull has ended, and which are not joined yet. */
  private final Map<Link<K, R>, Event.Joined> pulled = new HashMap<>();

  /** Of those, up to which stamp the peer's writes have to come before. */
  private final Map<Link<K, R>, Long> toCome = new HashMap<>();

  Joining(
      Replication node,
      TableReplica<K, R> table,
      Intake<K, R> intake,
      Links<K, R> links,
      OwnWrites<K, R> own) {
    this.node = node;
    this.table = table;
    this.intake = intake;
    this.links = links;
    this.own = own;
  }

  /** The first pull of this side has ended. */
  void pulled(Link<K, R> link, Pulling<K, R> pulling) {
    link.pulled();
    table.showing().joined(link.peer().identity());
    pulled.put(
        link,
        new Event.Joined(
            table.definition().name(),
            link.peer().name(),
            intake.store().size(),
            pulling.progress.records(),
            pulling.progress.bytes(),
            node.now() - pulling.startNanos()));
    if (node.rules().keep(Rule.JOINED_WHEN_AWAITED)) {
      link.send(new Pulled<>());
    } else {
      join(link);
    }
  }

  /** That of the other side has; to be answered each time that it says so. */
  void peerPulled(Link<K, R> link) {
    if (!link.isPeerPulled()) {
      link.peerPulled(own.lastStamp());
      links.awaited();
    }
    link.send(new Awaited<>(link.awaitedAfter()));
  }

  void awaited(Link<K, R> link, Awaited<K, R> awaited) {
    if (pulled.containsKey(link)) {
      toCome.put(link, awaited.stamp());
      settle();
    }
  }

  /** The other side has joined. */
  void peerJoined(Link<K, R> link) {
    if (!link.isPeerJoined()) { // every beat says so again
      link.peerJoined(node.now());
      links.awaited();
    }
  }

  /** Something was taken in: it may be what a link waits for. */
  void settle() {
    if (!toCome.isEmpty()) {
      List.copyOf(toCome.keySet()).forEach(this::settle);
    }
  }

  private void settle(Link<K, R> link) {
    Long stamp = toCome.get(link);
    if (stamp != null && intake.unbroken(link.peer().identity()) >= stamp) {
      join(link);
    }
  }

  private void join(Link<K, R> link) {
    toCome.remove(link);
    Event.Joined event = pulled.remove(link);
    if (event != null) {
      link.joined(node.now());
      link.send(new Joined<>());
      node.tell(event);
    }
  }

  /** The link has ended. */
  void forget(Link<K, R> link) {
    pulled.remove(link);
    toCome.remove(link);
  }
}
