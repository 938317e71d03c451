package dev.cets.replication;

import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.NameTaken;
import dev.cets.replication.Message.Replaced;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Two nodes of one name. One of them may be a former run of the other that is dead, which shows
 * soon; or came back after a cut, and is replaced. If both live, the second is let in by nobody,
 * and is told so.
 */
final class Namesakes {
  private final Replication node;
  private final Peers peers;
  private final Collection<Peer> connected;
  private @Nullable String takenAt;
  private boolean wasAccepted;

  Namesakes(Replication node, Peers peers, Collection<Peer> connected) {
    this.node = node;
    this.peers = peers;
    this.connected = connected;
  }

  /** Where the node lives that had this node's name first; null if this one is let in. */
  @Nullable String takenAt() {
    return takenAt;
  }

  /** A peer speaks of tables with this node: it let it in. */
  void accepted() {
    takenAt = null;
    wasAccepted = true;
  }

  /** Was this node ever let in by another? */
  boolean wasAccepted() {
    return wasAccepted;
  }

  /**
   * A node calls itself as this one. The first of the two is the one that is in the cluster; if
   * neither is, the one that was started before. If both are, there was a split: the nodes that
   * know both will settle it.
   */
  void met(Peer peer, Greeting other) {
    String there = peer.connection().peerAddress().toString();
    boolean otherAccepted = (other.capabilities() & Greeting.ACCEPTED) != 0;
    boolean older = node.self().start() < other.incarnation().start();
    if (wasAccepted || (older && !otherAccepted)) {
      String reason = running(node.self().name(), "here", there);
      node.tell(new Event.NodeRefused(peer.name(), reason));
    } else {
      taken(there);
    }
    peers.close(peer, "it has the name of this node");
  }

  /** A peer says that this node's name is taken. */
  void told(Peer peer, NameTaken message) {
    if (wasAccepted) {
      node.tell(new Event.NodeRefused(peer.name(), "it refuses this node: its name is taken"));
    } else {
      taken(message.address());
    }
    peers.close(peer, "it refuses this node: its name is taken");
  }

  private void taken(String address) {
    boolean news = !address.equals(takenAt);
    takenAt = address;
    if (news) {
      node.tell(new Event.NameTaken(address));
    }
  }

  private static String running(String name, String first, String second) {
    return "a node of the name "
        + name
        + " is running already, "
        + first
        + "; the second, at "
        + second
        + ", is not let in";
  }

  /** Another run of the same name that is up. */
  @Nullable Peer of(Incarnation incarnation) {
    for (Peer other : connected) {
      if (other.isUp()
          && other.identity().name().equals(incarnation.name())
          && !other.identity().equals(incarnation)) {
        return other;
      }
    }
    return null;
  }

  /**
   * Time has passed for a node that waits because another run of its name is up. If that run is
   * newer, and is heard of after this one came, this one is replaced; else it may be the restart of
   * that one after the clock was set back. If that run is older, and goes on being heard of, this
   * one is the second of two.
   */
  void tick(Peer waiting) {
    Peer other = of(waiting.identity());
    if (other == null) {
      return;
    }
    waiting.settled(node.now());
    long heardAfter = other.heardNanos() - waiting.waitsSinceNanos();
    if (other.identity().start() > waiting.identity().start()) {
      if (heardAfter > 0) {
        peers.send(waiting, new Replaced(other.identity().start()));
        peers.close(waiting, "a newer run of it lives");
      }
    } else if (heardAfter > node.settings().silenceLimit().toNanos() / 2) {
      String first = other.connection().peerAddress().toString();
      String second = waiting.connection().peerAddress().toString();
      peers.refuse(waiting, running(waiting.name(), "at " + first, second), new NameTaken(first));
    }
  }
}
