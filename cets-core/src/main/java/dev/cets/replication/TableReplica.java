package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Held;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Writes;
import dev.cets.replication.Message.Hello;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One table of this node: streams its own writes (see {@link OwnWrites}), takes in those of peers,
 * and keeps a link with every accepted peer. Transfers are in {@link Transfers}.
 */
public final class TableReplica<K, R> {
  private static final int MAX_BACKOFF_DOUBLINGS = 5;

  private final Replication node;
  private final TableDefinition<K, R> definition;
  private final String fingerprint;
  private final LinkCodec<K, R> codec;
  private final Intake<K, R> intake;
  private final WriteLog<K, R> log;
  private final Links<K, R> links;
  private final OwnWrites<K, R> own;
  private final Leadership<K, R> leadership;
  private final SerialWrites<K, R> serial;
  private final Transfers<K, R> transfers;
  private final Conflicts<K, R> conflicts;
  private final List<Runnable> late = new ArrayList<>();
  private boolean closed;

  TableReplica(Replication node, TableDefinition<K, R> definition, VersionStore<K, R> store) {
    this.node = node;
    this.definition = definition;
    this.fingerprint = definition.fingerprint();
    this.codec = new LinkCodec<>(definition.keyCodec(), definition.recordCodec());
    this.links = new Links<>(node.self().name());
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
    this.conflicts = new Conflicts<>(intake, this::conflict);
    this.own = new OwnWrites<>(node, definition, intake, log, links);
    this.leadership = new Leadership<>(node, links);
    this.serial = new SerialWrites<>(node, this, intake, own, leadership);
    this.transfers =
        new Transfers<>(node, this, intake, links, definition.keyCodec(), definition.recordCodec());
    intake.origin(node.self()).visible(true);
  }

  /** What it is. */
  public TableDefinition<K, R> definition() {
    return definition;
  }

  // ---- for its status, on the loop

  /** How many writes of this node are not yet applied everywhere. */
  public int unacknowledgedWrites() {
    return log.size();
  }

  /** Their bytes. */
  public long unacknowledgedBytes() {
    return log.bytes();
  }

  /** The state of each link, by the peer's name. */
  public Map<String, String> linkStates() {
    Map<String, String> states = new TreeMap<>();
    links.all().forEach(link -> states.put(link.peer().name(), link.describe()));
    return states;
  }

  /** The name of the node that serialises, as this node sees it. */
  public String leader() {
    return leadership.name();
  }

  /** Is everything here that the accepted peers which have this table hold? */
  public boolean isJoinedWithAll() {
    return links.all().stream().allMatch(link -> link.isJoined() || link.isRefused());
  }

  /** What it holds and knows, for checkers; on the loop. */
  public TableSnapshot snapshot() {
    return TableSnapshot.of(intake, links, node.gone());
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

  private void conflict(LiveVersions<K, R> live) {
    List<Version<R>> versions = new ArrayList<>(live.count());
    for (int i = 0; i < live.count(); i++) {
      versions.add(live.version(i));
    }
    node.tell(new Event.Conflict(definition.name(), live.key(), versions));
  }

  Intake<K, R> intake() {
    return intake;
  }

  Links<K, R> links() {
    return links;
  }

  // ---- writes of this node

  void write(LocalWrite<K, R> write) {
    if (write.kind().isSerial()) {
      serial.begin(write);
    } else {
      own.write(write);
    }
    node.gathered(this);
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

  void writable(Peer peer) {
    Link<K, R> link = links.of(peer);
    if (link != null && link.isOpen()) {
      link.sending.flush(node.now());
      transfers.pump(link);
    }
  }

  // ---- peers that come and go

  void peerUp(Peer peer) {
    Link<K, R> old = links.remove(peer);
    if (old != null) {
      close(old);
    }
    sendHello(begin(peer, old));
    settle();
  }

  void peerDown(Peer peer) {
    Link<K, R> old = links.remove(peer);
    if (old != null) {
      close(old);
    }
    if (!definition.keep()) {
      Origin origin = intake.known(peer.identity());
      if (origin != null) {
        intake.store().show(origin, false);
      }
    }
    log.complete();
    if (node.rules().keep(Rule.SURVIVORS_COMPARE)) {
      for (Link<K, R> other : links.snapshot()) {
        if (other.isOpen()) {
          transfers.pull(other);
          other.send(new PullMe<>());
        }
      }
    }
    settle();
  }

  /** Closes the link and begins a new one, under a higher attempt. */
  void linkAgain(Link<K, R> link, String reason) {
    if (links.of(link.peer()) != link) {
      return;
    }
    node.tell(new Event.LinkedAgain(definition.name(), link.peer().name(), reason));
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
    settle();
  }

  private Link<K, R> begin(Peer peer, @Nullable Link<K, R> old) {
    Link<K, R> link = new Link<>(codec, peer, node.nextAttempt(), log, node.settings());
    links.put(link);
    node.register(this, link);
    if (old != null && !node.rules().keep(Rule.BIND_TRANSFERS_TO_LINK)) {
      transfers.carryOver(old, link);
    }
    return link;
  }

  private void close(Link<K, R> link) {
    node.unregister(link);
    transfers.forget(link);
    if (node.rules().keep(Rule.BIND_TRANSFERS_TO_LINK)) {
      link.close();
    } else {
      Serving<K, R> serving = link.serving;
      link.close();
      link.serving = serving;
    }
  }

  private void sendHello(Link<K, R> link) {
    link.helloSent = true;
    link.helloNanos = node.now();
    link.peer()
        .connection()
        .send(
            MessageCodec.encode(
                new Hello(definition.name(), fingerprint, link.mine(), link.yours())));
  }

  /**
   * Attempts only grow: an older hello is ignored, the same is answered once, and a new attempt is
   * made only for a link that was open. Without these, two nodes chase each other for ever.
   */
  void hello(Peer peer, Hello hello) {
    Link<K, R> link = links.of(peer);
    if (link == null) {
      return;
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
      link.refused(null);
      sendHello(link);
    }
    if (hello.yours() == link.mine() && !link.isOpen()) {
      link.sending.begin();
      link.open();
      links.opened();
      transfers.pull(link);
    }
    log.complete();
    settle();
  }

  private void mismatch(Link<K, R> link, Hello hello) {
    String reason = "is " + hello.fingerprint() + " there and " + fingerprint + " here";
    if (!link.isRefused()) {
      node.tell(new Event.Mismatch(definition.name(), link.peer().name(), reason));
    }
    link.refused(Replication.MISMATCH + reason);
    link.peer()
        .connection()
        .send(
            MessageCodec.encode(
                new Message.HelloRefused(
                    definition.name(),
                    hello.mine(),
                    "is " + fingerprint + " there and " + hello.fingerprint() + " here")));
  }

  void helloRefused(Peer peer, Message.HelloRefused refused) {
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
      node.tell(new Event.Mismatch(definition.name(), peer.name(), reason));
    }
    link.refused(reason == null ? Replication.NO_SUCH_TABLE : Replication.MISMATCH + reason);
    log.complete();
    settle();
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
      case Writes<K, R> batch -> writes(link, batch);
      case Ack<K, R> ack -> {
        link.sending.acknowledged(ack.stamp(), node.now());
        link.peerWrote(ack.wrote());
        log.complete();
        link.sending.flush(node.now());
      }
      case Joined<K, R> joined -> link.peerJoined();
      case PullMe<K, R> pullMe -> transfers.pull(link);
      case LinkMessage.Pull<K, R> pull -> transfers.asked(link, pull);
      case LinkMessage.Base<K, R> base -> transfers.base(link, base);
      case LinkMessage.ChunkTaken<K, R> taken -> transfers.taken(link, taken);
      case LinkMessage.Confirm<K, R> confirm -> transfers.confirm(link, confirm);
      case Held<K, R> held -> transfers.hold(link, held);
      case LinkMessage.Leading<K, R> leading -> {
        serial.received(link, leading);
        node.gathered(this);
      }
    }
  }

  private void writes(Link<K, R> link, Writes<K, R> batch) {
    if (batch.writes().isEmpty()) {
      return;
    }
    long last = batch.writes().getLast().stamp();
    if (!node.rules().keep(Rule.TAKE_IN_BEFORE_ACKNOWLEDGING)) {
      link.send(new Ack<>(last, own.lastStamp()));
      late.add(() -> takeIn(link, batch));
      return;
    }
    if (takeIn(link, batch)) {
      link.send(new Ack<>(last, own.lastStamp()));
    }
    settle();
  }

  /** Says whether there is no hole before these writes. */
  private boolean takeIn(Link<K, R> link, Writes<K, R> batch) {
    Incarnation origin = link.peer().identity();
    for (Write<K, R> write : batch.writes()) {
      if (!intake.hasSeen(origin, write.stamp())) {
        intake.takeIn(origin, write);
      }
    }
    return !hasHole(link, batch.writes().getLast().stamp());
  }

  private boolean hasHole(Link<K, R> link, long stamp) {
    boolean hole = link.isJoined() && intake.unbroken(link.peer().identity()) < stamp;
    if (hole) {
      linkAgain(link, "a write is missing");
    }
    return hole;
  }

  /** The peer told up to where it has sent; all of that must have come. */
  void sentUpTo(Link<K, R> link, long stamp) {
    hasHole(link, stamp);
  }

  /** Whatever was taken in may let chunks go that waited for it. */
  void settle() {
    transfers.takeHeld();
    serial.settle();
  }

  /** Compares with every joined peer now, while writes go on; on the loop. */
  public void compare() {
    for (Link<K, R> link : links.snapshot()) {
      if (link.isJoined()) {
        transfers.pull(link);
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
    if (!late.isEmpty()) {
      List<Runnable> due = List.copyOf(late);
      late.clear();
      due.forEach(Runnable::run);
    }
    log.expire(now);
    conflicts.tick(
        links.all().stream().anyMatch(link -> link.pulling != null),
        now - node.settings().progressLimit().toNanos());
    serial.tick(now);
    for (Link<K, R> link : links.snapshot()) {
      if (!link.isOpen()) {
        tickHello(link, now);
      } else if (link.sending.standsStill(now)) {
        linkAgain(link, "no acknowledgement for " + node.settings().progressLimit());
      } else {
        transfers.tick(link, now);
      }
    }
    flush();
  }

  private void tickHello(Link<K, R> link, long now) {
    if (link.isRefused()) {
      return;
    }
    if (!link.helloSent) {
      if (link.helloNanos <= now) {
        sendHello(link);
      }
    } else if (now - link.helloNanos > node.settings().progressLimit().toNanos()) {
      linkAgain(link, "no answer to a hello");
    }
  }

  // ---- incarnations

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
      for (Link<K, R> link : links.snapshot()) {
        link.peer()
            .connection()
            .send(
                MessageCodec.encode(
                    new Message.HelloRefused(definition.name(), link.yours(), null)));
        links.remove(link.peer());
        close(link);
      }
      serial.close(reason);
      log.close(reason);
      intake.store().clear();
    }
  }
}
