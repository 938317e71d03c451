package dev.cets.replication;

import dev.cets.wire.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links of one table, one per accepted peer. */
final class Links<K, R> {
  private final String self;
  private final long selfHash;
  private final Rules rules;
  private final Map<Peer, Link<K, R>> byPeer = new LinkedHashMap<>();
  private WriteLog.@Nullable Waits<K, R> waits;
  private long changes;

  Links(String self, Rules rules) {
    this.self = self;
    this.selfHash = nameHash(self);
    this.rules = rules;
  }

  @Nullable Link<K, R> of(Peer peer) {
    return byPeer.get(peer);
  }

  void put(Link<K, R> link) {
    byPeer.put(link.peer(), link);
    changed();
  }

  @Nullable Link<K, R> remove(Peer peer) {
    changed();
    return byPeer.remove(peer);
  }

  void opened() {
    changed();
  }

  /** Writes may wait for one more peer from now on. */
  void awaited() {
    waits = null;
  }

  private void changed() {
    waits = null;
    changes++;
  }

  /** How often a link began, opened or ended. */
  long changes() {
    return changes;
  }

  Collection<Link<K, R>> all() {
    return byPeer.values();
  }

  /** Those that are open. */
  List<Link<K, R>> open() {
    List<Link<K, R>> open = new ArrayList<>(byPeer.size());
    for (Link<K, R> link : byPeer.values()) {
      if (link.isOpen()) {
        open.add(link);
      }
    }
    return open;
  }

  /** Is this node taking in the table of any of them, or about to? */
  boolean isPulling() {
    for (Link<K, R> link : byPeer.values()) {
      if (link.pulling != null || link.firstPullNanos != Long.MAX_VALUE) {
        return true;
      }
    }
    return false;
  }

  /** The nodes that replicate the table, as this one sees it: itself, and who is joined; sorted. */
  List<String> joinedNodes() {
    List<String> names = new ArrayList<>(List.of(self));
    for (Link<K, R> link : byPeer.values()) {
      if (link.isJoinedBothWays()) {
        names.add(link.peer().name());
      }
    }
    names.sort(null);
    return names;
  }

  /**
   * The same on each node that sees the same nodes joined, whichever of them it is itself; 0 while
   * a link is on its way to be joined. A sum, as it is asked for with every beat.
   */
  long nodesHash() {
    long hash = selfHash;
    for (Link<K, R> link : byPeer.values()) {
      if (link.isJoinedBothWays()) {
        hash += link.nameHash();
      } else if (!link.isRefused()) {
        return 0;
      }
    }
    return hash == 0 ? 1 : hash;
  }

  static long nameHash(String node) {
    return KeyHash.of(node.getBytes(StandardCharsets.UTF_8));
  }

  /** For the status: by the peers' names. */
  List<LinkView> views(long nowNanos, long otherNodesForNanos) {
    return byPeer.values().stream()
        .map(link -> link.view(nowNanos, otherNodesForNanos))
        .sorted(Comparator.comparing(LinkView::peer))
        .toList();
  }

  /** A copy, for a walk during which links may come and go. */
  List<Link<K, R>> snapshot() {
    return new ArrayList<>(byPeer.values());
  }

  private boolean isAwaited(Link<K, R> link) {
    return link.isPeerJoined() || (link.isAwaited() && rules.keep(Rule.AWAIT_WHO_WAS_TOLD));
  }

  /** Whom a write of now goes to, and whom it waits for. */
  WriteLog.Waits<K, R> waits() {
    WriteLog.Waits<K, R> current = waits;
    if (current == null) {
      List<Link<K, R>> open = open();
      current = new WriteLog.Waits<>(self, open, open.stream().filter(this::isAwaited).toList());
      waits = current;
    }
    return current;
  }
}
