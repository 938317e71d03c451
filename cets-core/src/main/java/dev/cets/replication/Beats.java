package dev.cets.replication;

import dev.cets.replication.Message.Beat;
import java.util.ArrayList;
import java.util.List;

/** Tells peers that this node lives, and what it sent on each link, so that a loss is noticed. */
final class Beats {
  private final Replication node;
  private final Peers peers;
  private final Attempts links;
  private long dueNanos;

  Beats(Replication node, Peers peers, Attempts links) {
    this.node = node;
    this.peers = peers;
    this.links = links;
  }

  void received(Peer peer, Beat beat) {
    peers.clock(peer, beat.clockMillis());
    beat.sent().forEach(sent -> links.sent(peer, sent));
  }

  void tick() {
    if (dueNanos <= node.now()) {
      dueNanos = node.now() + node.settings().beat().toNanos();
      peers.connected().forEach(this::send);
    }
  }

  private void send(Peer peer) {
    List<Beat.Sent> sent = new ArrayList<>();
    for (TableReplica<?, ?> table : node.tables()) {
      Link<?, ?> link = table.links().of(peer);
      if (link != null && link.isOpen()) {
        sent.add(
            new Beat.Sent(
                link.yours(),
                link.mine(),
                link.sending.lastSent(),
                link.isPulled(),
                link.isJoined(),
                table.links().nodesHash()));
      }
    }
    peer.connection().send(MessageCodec.encode(new Beat(node.clock().wall(), sent)));
  }
}
