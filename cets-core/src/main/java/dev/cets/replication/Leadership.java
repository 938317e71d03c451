package dev.cets.replication;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Who serialises the writes of a table, as this node sees it: the oldest run of a node among itself
 * and those that it is joined with. A newcomer never is. Nodes that do not see each other may lead
 * both, and for a moment so may two that do: the leader keeps callers from racing, and what makes
 * their answers true does not depend on it (see {@link SerialWrites}).
 */
final class Leadership<K, R> {
  static final Comparator<Incarnation> OLDEST_FIRST =
      Comparator.comparingLong(Incarnation::start).thenComparing(Incarnation::name);

  private final Replication node;
  private final Links<K, R> links;

  Leadership(Replication node, Links<K, R> links) {
    this.node = node;
    this.links = links;
  }

  /** The link with the leader; null if it is this node itself. */
  @Nullable Link<K, R> link() {
    Link<K, R> leader = null;
    Incarnation oldest = node.self();
    for (Link<K, R> link : links.all()) {
      if (link.isJoined() && link.isPeerJoined()) {
        Incarnation peer = link.peer().identity();
        if (OLDEST_FIRST.compare(peer, oldest) < 0) {
          leader = link;
          oldest = peer;
        }
      }
    }
    return leader;
  }

  /** Its name. */
  String name() {
    Link<K, R> link = link();
    return link == null ? node.self().name() : link.peer().name();
  }

  boolean isHere() {
    return link() == null && node.leads();
  }
}
