package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Awaited;
import dev.cets.replication.LinkMessage.Held;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Pulled;
import dev.cets.replication.LinkMessage.Writes;
import dev.cets.replication.Message.Hello;
import java.util.List;

/**
 * One table of this node: streams its own writes (see {@link OwnWrites}), takes in those of peers,
 * and keeps a link with every accepted peer. Transfers are in {@link Transfers}.
 */
public final class TableReplica<K, R> {
  private final Replication node;
  private final TableDefinition<K, R> definition;
  private final TableOptions options;
  private final LinkCodec<K, R> codec;
  private final Intake<K, R> intake;
  private final WriteLog<K, R> log;
  private final Links<K, R> links;
  private final OwnWrites<K, R> own;
  private final Leadership<K, R> leadership;
  private final SerialWrites<K, R> serial;
  private final Transfers<K, R> transfers;
  private final Joining<K, R> joining;
  private final PulledSide<K, R> pulledSide;
  private final Comparisons<K, R> comparisons;
  private final Linking<K, R> linking;
  private final Showing<K, R> showing;
  private final Retention<K, R> retention;
  private final Conflicts<K, R> conflicts;
  private final Pauses<K, R> pauses;
  private final FarPauses<K, R> farPauses;
  private final Callers<K, R> callers;
  private final Losses losses;
  private final Unacknowledged<K, R> unacknowledged;
  private final Receiving<K, R> receiving;
  private final Dumps<K, R> dumps;
  private final TableFigures<K, R> figures;
  private boolean closed;

  TableReplica(
      Replication node,
      TableDefinition<K, R> definition,
      TableOptions options,
      VersionStore<K, R> store) {
    this.node = node;
    this.definition = definition;
    this.options = options;
    this.codec =
        new LinkCodec<>(definition.keyCodec(), definition.recordCodec(), definition.groupCodec());
    this.links = new Links<>(node.self().name(), node.rules());
    this.log =
        new WriteLog<>(stamp -> node.witness().completed(definition.name(), node.self(), stamp));
    NewcomersOfPulls<K, R> newcomers =
        new NewcomersOfPulls<>(
            links,
            node.transferSlots(),
            node.rules(),
            version ->
                node.witness()
                    .copied(definition.name(), node.self(), version.origin(), version.stamp()));
    this.intake =
        new Intake<>(
            store,
            node.gone(),
            node.clock(),
            definition.keep(),
            node.rules(),
            newcomers,
            this::several);
    this.showing = new Showing<>(intake, definition.keep(), options, node.rules());
    this.retention =
        new Retention<>(
            intake,
            links,
            !definition.keep() && !definition.isBag(), // whose elements are keys
            options.retention(),
            (owner, versions) ->
                node.tell(new Event.LetGo(definition.name(), owner.toString(), versions)));
    this.conflicts =
        new Conflicts<>(
            intake,
            (key, versions) -> node.tell(new Event.Conflict(definition.name(), key, versions)));
    this.own = new OwnWrites<>(node, definition, intake, log, links);
    this.leadership = new Leadership<>(node, links);
    this.dumps = new Dumps<>(node, definition, store);
    this.pauses = new Pauses<>(node, definition.name(), this::afterPause);
    this.farPauses = new FarPauses<>(node, links, intake);
    this.serial = new SerialWrites<>(node, this, intake, own, leadership, dumps, pauses);
    this.transfers = new Transfers<>(node, this, intake, links, definition.keyCodec());
    this.joining = new Joining<>(node, this, intake, links, own);
    this.pulledSide = new PulledSide<>(node, this, intake, transfers.comparing(), definition);
    this.comparisons = new Comparisons<>(node, links, transfers);
    this.losses = new Losses(node, definition.name());
    this.unacknowledged = new Unacknowledged<>(node, definition.name(), log);
    this.linking = new Linking<>(node, this, log, links, transfers, losses);
    this.receiving = new Receiving<>(node, this, intake, own);
    this.callers = new Callers<>(node, this, own, serial, dumps, pauses, farPauses);
    this.figures = new TableFigures<>(node, intake, log, links, leadership, transfers.comparing());
    intake.origin(node.self()).visible(true);
  }

  /** What it is. */
  public TableDefinition<K, R> definition() {
    return definition;
  }

  /** What this node decides about it for itself. */
  public TableOptions options() {
    return options;
  }

  /** What is told of it; on the loop. */
  public TableFigures<K, R> figures() {
    return figures;
  }

  /** What it holds and knows, for checkers; on the loop. */
  public TableSnapshot snapshot() {
    return TableSnapshot.of(intake, links, node.gone(), transfers.awaitedOwners().notAwaited());
  }

  /** Its links, for checkers; on the loop. */
  public List<TableSnapshot.LinkSnapshot> linkSnapshots() {
    return TableSnapshot.of(links);
  }

  /** Has this write been taken in? For checkers; on the loop. */
  public boolean hasTakenIn(Incarnation origin, long stamp) {
    return intake.hasSeen(origin, stamp);
  }

  private void several(K key) {
    if (!definition.isBag()) { // where several nodes may well own the same record
      conflicts.several(key, node.now());
    }
  }

  Intake<K, R> intake() {
    return intake;
  }

  Showing<K, R> showing() {
    return showing;
  }

  /** What callers of this node want besides reading; on the loop. */
  public Callers<K, R> callers() {
    return callers;
  }

  /** Comparisons that callers of this node ask for; on the loop. */
  public Comparisons<K, R> comparisons() {
    return comparisons;
  }

  /** The peers that went down, and whether they may be linked again; on the loop. */
  public Losses losses() {
    return losses;
  }

  /** The handlers of a loss are done: the node may be linked again. */
  public void handled(long loss) {
    linking.released(losses.handled(loss));
  }

  Links<K, R> links() {
    return links;
  }

  Joining<K, R> joining() {
    return joining;
  }

  // ---- writes of this node

  void write(LocalWrite<K, R> write) {
    callers.write(write);
  }

  private void afterPause(LocalWrite<K, R> write) {
    callers.writeNow(write);
  }

  /** Sends what has gathered. */
  void flush() {
    serial.flush();
    for (Link<K, R> link : links.all()) {
      if (link.isOpen()) {
        link.sending.flush(node.now());
      }
    }
  }

  /** Sends all that has gathered, since the node leaves. */
  void sendRest() {
    serial.flush();
    for (Link<K, R> link : links.all()) {
      if (link.isOpen()) {
        link.sending.sendRest();
      }
    }
  }

  void writable(Peer peer) {
    Link<K, R> link = links.of(peer);
    if (link != null && link.isOpen()) {
      link.sending.flush(node.now());
      pulledSide.pump(link);
      dumps.pump();
    }
  }

  // ---- peers that come and go

  void peerUp(Peer peer) {
    showing.up(peer.identity());
    linking.peerUp(peer);
    settle();
  }

  /**
   * The link with a peer is over.
   *
   * @param lost whether the peer is down; else one of the two goes on as a new incarnation
   */
  void peerDown(Peer peer, boolean lost) {
    Link<K, R> ended = linking.end(peer);
    pauses.gone(peer, "the link with node " + peer.name() + " is over");
    showing.down(peer.identity(), node.now());
    log.complete();
    if (node.rules().keep(Rule.SURVIVORS_COMPARE)) {
      for (Link<K, R> other : links.snapshot()) {
        if (other.isOpen()) {
          transfers.pull(other);
          if (node.rules().keep(Rule.COMPARE_WHEN_BOTH_NOTICED)) {
            other.send(new PullMe<>());
          }
        }
      }
    }
    settle();
    if (lost && ended != null && ended.wasOpen()) {
      losses.add(peer.name(), leadership.link() == null);
    }
  }

  void hello(Peer peer, Hello hello) {
    linking.hello(peer, hello);
  }

  void helloRefused(Peer peer, Message.HelloRefused refused) {
    linking.refused(peer, refused);
    Link<K, R> link = links.of(peer);
    if (link != null && link.isRefused()) {
      pauses.gone(peer, "node " + peer.name() + " has no such table any more");
    }
  }

  /** A link has opened. */
  void opened(Link<K, R> link) {
    farPauses.opened(link);
  }

  /** Closes the link and begins a new one, under a higher attempt. */
  void linkAgain(Link<K, R> link, String reason) {
    linking.again(link, reason);
  }

  // ---- what comes over an open link

  LinkCodec<K, R> codec() {
    return codec;
  }

  void received(Link<K, R> link, LinkMessage<K, R> message) {
    if (node.witness().looks()) {
      node.witness().received(definition.name(), node.self(), link.peer().identity(), message);
    }
    switch (message) {
      case Writes<K, R> batch -> receiving.writes(link, batch);
      case Ack<K, R> ack -> {
        link.sending.acknowledged(ack.stamp(), node.now());
        link.peerWrote(ack.wrote());
        log.complete();
        callers.settle();
        link.sending.flush(node.now());
      }
      case Pulled<K, R> pulled -> {
        joining.peerPulled(link);
        transfers.peerPulled(link);
      }
      case Awaited<K, R> awaited -> joining.awaited(link, awaited);
      case Joined<K, R> joined -> {
        joining.peerJoined(link);
        callers.settle();
      }
      case PullMe<K, R> pullMe -> transfers.pull(link);
      case LinkMessage.Pull<K, R> pull -> {
        transfers.asked(link, pull);
        pulledSide.asked(link, pull);
      }
      case LinkMessage.Differing<K, R> differing -> transfers.asking().differing(link, differing);
      case LinkMessage.Base<K, R> base -> transfers.taking().base(link, base);
      case LinkMessage.ChunkTaken<K, R> taken -> pulledSide.taken(link, taken);
      case LinkMessage.Confirm<K, R> confirm -> pulledSide.confirm(link, confirm);
      case LinkMessage.Fetch<K, R> fetch -> pulledSide.fetch(link, fetch);
      case Held<K, R> held -> transfers.taking().hold(link, held);
      case LinkMessage.Dumping<K, R> dumping -> dumps.received(link, dumping);
      case LinkMessage.Paused<K, R> paused -> {
        if (link.pauses.hears(paused.revision())) {
          pauses.hold(link.peer(), paused.holds());
          link.send(new LinkMessage.PausedTaken<>(paused.revision(), own.lastStamp()));
        }
      }
      case LinkMessage.PausedTaken<K, R> taken -> farPauses.taken(link, taken);
      case LinkMessage.Leading<K, R> leading -> {
        serial.received(link, leading);
        node.gathered(this);
      }
    }
  }

  /** Is a write missing of those that the link brought? Then it has begun anew. */
  boolean hasHole(Link<K, R> link) {
    return receiving.hasHole(link);
  }

  /** The peer told what it has sent; all of that must have come. */
  void sent(Link<K, R> link, Message.Beat.Sent sent) {
    if (node.rules().keep(Rule.TELL_JOINED_IN_BEATS)) { // its word of that may have been lost
      if (sent.joined()) {
        joining.peerJoined(link);
      } else if (sent.pulled()) {
        joining.peerPulled(link);
      }
      if (sent.pulled()) {
        transfers.peerPulled(link);
      }
    }
    link.nodes(sent.nodes(), links.nodesHash(), node.now());
    receiving.hasHole(link, sent.stamp());
  }

  /** Whatever was taken in may let chunks go that waited for it. */
  void settle() {
    transfers.taking().takeHeld();
    joining.settle();
    comparisons.settle();
    callers.settle();
    dumps.settle();
    serial.settle();
  }

  /** Compares with every joined peer now, while writes go on; on the loop. */
  public void compare() {
    for (Link<K, R> link : links.snapshot()) {
      if (link.isJoined()) {
        transfers.compare(link);
      }
    }
  }

  /** Begins every open link anew, as if each had gone wrong; on the loop. */
  public void linkAgain(String reason) {
    for (Link<K, R> link : links.snapshot()) {
      if (link.isOpen()) {
        linkAgain(link, reason);
      }
    }
  }

  // ---- time

  void tick() {
    long now = node.now();
    receiving.tick();
    log.expire(now);
    unacknowledged.tick(now);
    conflicts.tick(links.isPulling(), now - node.settings().progressLimit().toNanos());
    comparisons.tick(now);
    callers.tick(now);
    dumps.tick(now);
    linking.released(losses.tick(now));
    serial.tick(now);
    showing.tick(now);
    retention.tick(now);
    for (Link<K, R> link : links.snapshot()) {
      if (!link.isOpen()) {
        linking.tick(link, now);
      } else if (link.sending.standsStill(now)) {
        linkAgain(
            link, "no acknowledgement for " + Durations.text(node.settings().progressLimit()));
      } else {
        transfers.tick(link, now);
        pulledSide.pump(link);
      }
    }
    flush();
  }

  // ---- incarnations

  /** The start of the last run of a node that this table knows; -1 if it knows none. */
  long lastStart(String name) {
    long last = -1;
    for (Incarnation origin : intake.incarnations()) {
      if (origin.name().equals(name)) {
        last = Math.max(last, origin.start());
      }
    }
    return last;
  }

  void retire() {
    intake.retire();
    log.complete();
  }

  /** The node goes on under a new incarnation. */
  void reincarnate(Incarnation before) {
    intake.origin(node.self()).visible(true);
    own.reincarnate(before);
  }

  void close(String reason) {
    if (!closed) {
      closed = true;
      unacknowledged.close();
      losses.close();
      linking.close();
      serial.close(reason);
      comparisons.close(reason);
      callers.close(reason);
      dumps.close(reason);
      log.close(reason);
      intake.store().clear();
    }
  }
}
