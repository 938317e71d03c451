package dev.cets.replication;

import dev.cets.replication.Message.GivenUp;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which run of a node is the current one: of this node itself, and of others, as far as it is
 * known; and which are given up for good.
 */
final class Incarnations {
  private final Replication node;
  private final Peers peers;
  private final LongSupplier chance;
  private final Gone gone = new Gone();
  private final Map<String, Long> highestStarts = new HashMap<>();
  private Incarnation self;

  Incarnations(Replication node, Peers peers, String name, LongSupplier chance) {
    this.node = node;
    this.peers = peers;
    this.chance = chance;
    this.self =
        new Incarnation(name, HybridClock.start(node.clock().wall(), chance.getAsLong(), 0));
  }

  /** This run of this node. */
  Incarnation self() {
    return self;
  }

  Gone gone() {
    return gone;
  }

  /** The highest start known of a name, this very run of it apart. */
  long highestStart(Incarnation apart) {
    long known = gone.lastStart(apart.name());
    Long highest = highestStarts.get(apart.name());
    return highest == null || highest == apart.start() ? known : Math.max(known, highest);
  }

  void known(Incarnation incarnation) {
    highestStarts.merge(incarnation.name(), incarnation.start(), Math::max);
  }

  /** Takes over which incarnations are gone for good, and gives them up here. */
  void retire(Map<String, Long> others) {
    Long ownEnd = others.get(self.name());
    if (ownEnd != null && ownEnd >= self.start()) {
      reincarnate(ownEnd, "this run of it was given up"); // before its records would go with it
    }
    if (others.isEmpty() || !gone.merge(others)) {
      return;
    }
    node.tableList().forEach(TableReplica::retire);
    for (Peer peer : peers.up()) {
      if (gone.has(peer.identity())) {
        peers.close(peer, "this run of it was given up");
      }
    }
  }

  /** Gives up a node for good, everywhere; says why it cannot be, or null. */
  @Nullable String forget(String name) {
    if (name.equals(self.name())) {
      return "node " + name + " is this node";
    }
    if (peers.up().stream().anyMatch(peer -> peer.name().equals(name))) {
      return "node " + name + " is connected; only a node that is down can be forgotten";
    }
    long last = highestStarts.getOrDefault(name, -1L);
    for (TableReplica<?, ?> table : node.tableList()) {
      last = Math.max(last, table.lastStart(name));
    }
    if (last <= gone.lastStart(name)) {
      return "no run of node " + name + " is known that is not given up already";
    }
    node.tell(new Event.Forgotten(name));
    giveUp(Map.of(name, last));
    return null;
  }

  /** Passes the word on if it is news: so it reaches all, over however many nodes, and ends. */
  void giveUp(Map<String, Long> others) {
    Map<String, Long> before = gone.snapshot();
    retire(others);
    others.keySet().forEach(peers.acquaintances()::forget);
    if (!gone.snapshot().equals(before)) {
      for (Peer peer : peers.up()) {
        peer.connection().send(MessageCodec.encode(new GivenUp(others)));
      }
    }
  }

  /** A newer run of this node lives: this one has to end. */
  void replaced(long start) {
    if (start > self.start()) {
      node.tell(new Event.Replaced(new Incarnation(self.name(), start).toString()));
    }
  }

  // ---- this node goes on as somebody else

  void startTaken(long highest, Peer by) {
    if (highest >= self.start()) {
      reincarnate(highest, "a later run of this name is known to " + by.name());
    }
  }

  /** This node becomes a new run of itself. */
  void begin(String reason) {
    reincarnate(self.start(), reason);
  }

  private void reincarnate(long beyond, String reason) {
    Incarnation before = self;
    self =
        new Incarnation(
            self.name(), HybridClock.start(node.clock().wall(), chance.getAsLong(), beyond));
    peers.regreet();
    node.tableList().forEach(table -> table.reincarnate(before));
    node.tell(new Event.Reincarnated(self.toString(), reason));
    retire(Map.of(self.name(), self.start() - 1));
    peers.greetAll();
  }
}
