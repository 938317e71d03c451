package dev.cets.replication;

import dev.cets.replication.Message.Hello;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the links of one table begin, end and begin anew: each side proposes an attempt in a hello,
 * and a link is open when each knows the other's.
 */
final class Linking<K, R> {
  private static final int MAX_BACKOFF_DOUBLINGS = 5;

  private final Replication node;
  private final TableReplica<K, R> table;
  private final String name;
  private final String fingerprint;
  private final WriteLog<K, R> log;
  private final Links<K, R> links;
  private final Transfers<K, R> transfers;
  private final Losses losses;

  Linking(
      Replication node,
      TableReplica<K, R> table,
      WriteLog<K, R> log,
      Links<K, R> links,
      Transfers<K, R> transfers,
      Losses losses) {
    this.node = node;
    this.table = table;
    this.name = table.definition().name();
    this.fingerprint = table.definition().fingerprint();
    this.log = log;
    this.links = links;
    this.transfers = transfers;
    this.losses = losses;
  }

  /** A peer was accepted: proposes a link. */
  void peerUp(Peer peer) {
    Link<K, R> old = end(peer);
    Link<K, R> link = begin(peer, old);
    link.waitsForHandlers(losses.isHandled(peer.name()));
    link.helloNanos = node.now() + node.restNanos(peer.name());
    link.restUntil(link.helloNanos);
    sayHello(link);
  }

  private void sayHello(Link<K, R> link) {
    if (!link.waitsForHandlers() && !link.rests(node.now())) {
      sendHello(link);
    }
  }

  /** The handlers of the losses of these nodes are done. */
  void released(Set<String> peers) {
    if (peers.isEmpty()) {
      return;
    }
    for (Link<K, R> link : links.snapshot()) {
      if (link.waitsForHandlers() && peers.contains(link.peer().name())) {
        link.waitsForHandlers(false);
        sayHello(link);
      }
    }
  }

  /** The table is closed here: ends every link, and says so. */
  void close() {
    for (Link<K, R> link : links.snapshot()) {
      link.peer()
          .connection()
          .send(MessageCodec.encode(new Message.HelloRefused(name, link.yours(), null)));
      end(link.peer());
    }
  }

  /** Closes the link with a peer, if there is one. */
  @Nullable Link<K, R> end(Peer peer) {
    Link<K, R> old = links.remove(peer);
    if (old != null) {
      close(old);
    }
    return old;
  }

  /** Closes the link and begins a new one, under a higher attempt. */
  void again(Link<K, R> link, String reason) {
    if (links.of(link.peer()) != link) {
      return;
    }
    node.tell(new Event.LinkedAgain(name, link.peer().name(), reason));
    close(link);
    Link<K, R> next = begin(link.peer(), link);
    next.failures = link.failures + 1;
    long backoff =
        node.settings().beat().toNanos() << Math.min(link.failures, MAX_BACKOFF_DOUBLINGS);
    next.helloNanos = link.failures == 0 ? node.now() : node.now() + backoff;
    if (link.failures == 0) {
      sendHello(next);
    }
    log.complete();
    table.settle();
  }

  private Link<K, R> begin(Peer peer, @Nullable Link<K, R> old) {
    Link<K, R> link =
        new Link<>(table.codec(), peer, node.nextAttempt(), log, node.settings(), node.now());
    if (old != null) {
      link.follows(old);
    }
    links.put(link);
    node.register(table, link);
    return link;
  }

  private void close(Link<K, R> link) {
    node.unregister(link);
    transfers.forget(link);
    table.joining().forget(link);
    Serving<K, R> serving = link.serving;
    link.close();
    if (!node.rules().keep(Rule.END_TRANSFERS_WITH_THEIR_LINK)) {
      link.serving = serving;
    }
  }

  private void sendHello(Link<K, R> link) {
    link.helloSent = true;
    link.helloNanos = node.now();
    link.peer()
        .connection()
        .send(MessageCodec.encode(new Hello(name, fingerprint, link.mine(), link.yours())));
  }

  /**
   * Attempts only grow: an older hello is ignored, the same is answered once, and a new attempt is
   * made only for a link that was open. Without these, two nodes chase each other for ever.
   */
  void hello(Peer peer, Hello hello) {
    Link<K, R> link = links.of(peer);
    if (link == null || link.waitsForHandlers() || link.rests(node.now())) {
      return; // it is answered when this side says hello
    }
    boolean careful = node.rules().keep(Rule.ANSWER_HELLOS_WITH_CARE);
    if (careful && hello.mine() < link.yours()) {
      return;
    }
    if (!hello.fingerprint().equals(fingerprint)) {
      mismatch(link, hello);
      return;
    }
    if (hello.mine() != link.yours() || !careful) {
      if (link.isOpen() || !careful) {
        close(link);
        link = begin(peer, link);
      }
      link.yours(hello.mine());
      link.refused(null, node.now());
      sendHello(link);
    }
    if (hello.yours() == link.mine() && !link.isOpen()) {
      link.sending.begin();
      link.open(node.now());
      links.opened();
      transfers.opened(link);
      table.opened(link);
    }
    log.complete();
    table.settle();
  }

  private void mismatch(Link<K, R> link, Hello hello) {
    String reason = "is " + hello.fingerprint() + " there and " + fingerprint + " here";
    if (!link.isRefused()) {
      node.tell(new Event.Mismatch(name, link.peer().name(), reason));
    }
    link.refused(Replication.MISMATCH + reason, node.now());
    link.peer()
        .connection()
        .send(
            MessageCodec.encode(
                new Message.HelloRefused(
                    name,
                    hello.mine(),
                    "is " + fingerprint + " there and " + hello.fingerprint() + " here")));
  }

  /** The peer said that there can be no link. */
  void refused(Peer peer, Message.HelloRefused refused) {
    Link<K, R> link = links.of(peer);
    if (link == null || refused.yours() != link.mine()) {
      return;
    }
    String reason = refused.reason();
    if (link.isOpen()) {
      close(link);
      link = begin(peer, null);
      link.helloSent = true;
    }
    if (reason != null && !link.isRefused()) {
      node.tell(new Event.Mismatch(name, peer.name(), reason));
    }
    link.refused(
        reason == null ? Replication.NO_SUCH_TABLE : Replication.MISMATCH + reason, node.now());
    log.complete();
    table.settle();
  }

  /** Time has passed for a link that is not open yet. */
  void tick(Link<K, R> link, long now) {
    if (link.isRefused() || link.waitsForHandlers()) {
      return;
    }
    if (!link.helloSent) {
      if (link.helloNanos <= now) {
        sendHello(link);
      }
    } else if (now - link.helloNanos > node.settings().progressLimit().toNanos()) {
      again(link, "no answer to a hello");
    }
  }
}
