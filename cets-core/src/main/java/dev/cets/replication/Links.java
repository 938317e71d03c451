package dev.cets.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links of one table, one per accepted peer. */
final class Links<K, R> {
  private final String self;
  private final Rules rules;
  private final Map<Peer, Link<K, R>> byPeer = new LinkedHashMap<>();
  private WriteLog.@Nullable Waits<K, R> waits;

  Links(String self, Rules rules) {
    this.self = self;
    this.rules = rules;
  }

  @Nullable Link<K, R> of(Peer peer) {
    return byPeer.get(peer);
  }

  void put(Link<K, R> link) {
    byPeer.put(link.peer(), link);
    waits = null;
  }

  @Nullable Link<K, R> remove(Peer peer) {
    waits = null;
    return byPeer.remove(peer);
  }

  void opened() {
    waits = null;
  }

  Collection<Link<K, R>> all() {
    return byPeer.values();
  }

  /** Those that are open. */
  List<Link<K, R>> open() {
    return byPeer.values().stream().filter(Link::isOpen).toList();
  }

  /** A copy, for a walk during which links may come and go. */
  List<Link<K, R>> snapshot() {
    return new ArrayList<>(byPeer.values());
  }

  private List<Link<K, R>> waitedFor() {
    return rules.keep(Rule.WAIT_FOR_OPEN_LINKS)
        ? open()
        : open().stream().filter(Link::isJoined).toList();
  }

  /** The links that a write of now waits for: those that are open. */
  WriteLog.Waits<K, R> waits() {
    WriteLog.Waits<K, R> current = waits;
    if (current == null) {
      current = new WriteLog.Waits<>(self, waitedFor());
      waits = current;
    }
    return current;
  }
}
