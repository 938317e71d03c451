package dev.cets.replication;

import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.Stale;
import dev.cets.wire.WireReader;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The links of all tables, by this side's attempt: which link a message belongs to. */
final class Attempts {
  private record Entry<K, R>(TableReplica<K, R> table, Link<K, R> link) {
    void received(int kind, WireReader body) {
      table.received(link, table.codec().decode(kind, body, link.peer().identity()));
    }

    /** What must not happen: see {@link Rule#ACKNOWLEDGE_NOTHING_STALE}. */
    void acknowledge(int kind, WireReader body) {
      if (table.codec().decode(kind, body, link.peer().identity())
              instanceof LinkMessage.Writes<K, R> batch
          && !batch.writes().isEmpty()) {
        link.send(new LinkMessage.Ack<>(batch.writes().getLast().stamp(), 0));
      }
    }

    void linkAgain(String reason) {
      table.linkAgain(link, reason);
    }

    void sent(Beat.Sent sent) {
      table.sent(link, sent);
    }
  }

  private final Replication node;
  private final Map<Long, Entry<?, ?>> byAttempt = new HashMap<>();

  Attempts(Replication node) {
    this.node = node;
  }

  <K, R> void put(TableReplica<K, R> table, Link<K, R> link) {
    byAttempt.put(link.mine(), new Entry<>(table, link));
  }

  void remove(Link<?, ?> link) {
    if (node.rules().keep(Rule.ACKNOWLEDGE_NOTHING_STALE)) {
      byAttempt.remove(link.mine());
    }
  }

  private @Nullable Entry<?, ?> of(Peer peer, long to, long from) {
    Entry<?, ?> entry = byAttempt.get(to);
    return entry != null && entry.link().peer() == peer && entry.link().carries(to, from)
        ? entry
        : null;
  }

  /** A message on a link; what belongs to a link that is no more is refused aloud. */
  void received(Peer peer, int kind, WireReader body) {
    long to = body.readNumber();
    long from = body.readNumber();
    Entry<?, ?> entry = of(peer, to, from);
    if (entry != null) {
      entry.received(kind, body);
      return;
    }
    Entry<?, ?> ended = byAttempt.get(to); // forgotten by now, unless the rule is broken
    if (ended != null && ended.link().closed() && ended.link().peer() == peer) {
      ended.acknowledge(kind, body);
    }
    node.tell(new Event.StaleRefused(peer.name()));
    peer.connection().send(MessageCodec.encode(new Stale(from, to)));
  }

  void stale(Peer peer, Stale stale) {
    Entry<?, ?> entry = of(peer, stale.to(), stale.from());
    if (entry != null) {
      entry.linkAgain("the other side has closed it");
    }
  }

  void sent(Peer peer, Beat.Sent sent) {
    Entry<?, ?> entry = of(peer, sent.to(), sent.from());
    if (entry != null) {
      entry.sent(sent);
    }
  }
}
