package dev.cets.replication;

import dev.cets.replication.LinkMessage.Ack;
import dev.cets.replication.LinkMessage.Held;
import dev.cets.replication.LinkMessage.Joined;
import dev.cets.replication.LinkMessage.PullMe;
import dev.cets.replication.LinkMessage.Writes;
import dev.cets.replication.LocalWrite.Item;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Write.Change;
import dev.cets.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One table of this node: applies local writes and streams them, takes in those of peers, and keeps
 * a link with every accepted peer. Transfers are in {@link Transfers}.
 */
public final class TableReplica<K, R> {
  private static final int HEAD_BYTES = 32;
  private static final int CHANGE_BYTES = 32;
  private static final int MAX_BACKOFF_DOUBLINGS = 5;
  private static final int REWRITTEN_AT_ONCE = 1000;

  private final Replication node;
  private final TableDefinition<K, R> definition;
  private final String fingerprint;
  private final LinkCodec<K, R> codec;
  private final Intake<K, R> intake;
  private final WriteLog<K, R> log;
  private final Links<K, R> links;
  private final Transfers<K, R> transfers;
  private final List<Runnable> late = new ArrayList<>();
  private long lastOwnStamp;
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
        new Intake<>(store, node.gone(), node.clock(), definition.keep(), node.rules(), newcomers);
    this.transfers = new Transfers<>(node, this, intake, links, definition.recordCodec());
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

  Intake<K, R> intake() {
    return intake;
  }

  Links<K, R> links() {
    return links;
  }

  // ---- local writes

  void write(LocalWrite<K, R> write) {
    boolean insert = write.kind() == LocalWrite.Kind.INSERT;
    List<Change<K, R>> changes = new ArrayList<>(write.items().size());
    List<Item<K, R>> changing = insert ? write.items() : new ArrayList<>();
    for (Item<K, R> item : write.items()) {
      LiveVersions<K, R> live = intake.store().versions(item.key());
      if (concerns(write.kind(), item, live)) {
        changes.add(
            new Change<>(item.key(), item.hash(), insert ? item.record() : null, names(live)));
        if (!insert) {
          changing.add(item);
        }
      }
    }
    if (changes.isEmpty()) {
      write.call().ended(new Outcome.Applied(Set.of(node.self().name()), Set.of(), 0));
      write.call().released();
      return;
    }
    apply(changes, changing, insert, write.deadlineNanos(), write.call());
  }

  /** Applies a write of this node, and has it go out. The two lists are about the same keys. */
  private void apply(
      List<Change<K, R>> changes,
      List<Item<K, R>> items,
      boolean insert,
      long deadlineNanos,
      Call call) {
    long previous = lastOwnStamp;
    lastOwnStamp = node.clock().next();
    WireWriter bytes = new WireWriter(size(items, insert));
    WriteCodec.putHead(bytes, previous, lastOwnStamp, changes.size());
    for (int i = 0; i < items.size(); i++) {
      Item<K, R> item = items.get(i);
      WriteCodec.putChange(
          bytes,
          item.keyBytes(),
          insert ? item.recordBytes() : null,
          changes.get(i).replaces(),
          node.self());
    }
    intake.takeIn(node.self(), new Write<>(previous, lastOwnStamp, changes));
    if (node.witness().looks()) {
      node.witness().written(definition.name(), node.self(), lastOwnStamp, seen(changes));
    }
    log.add(
        new WriteLog.Pending<>(
            lastOwnStamp, bytes.toArray(), links.waits(), changes.size(), deadlineNanos, call));
    log.complete();
    node.gathered(this);
  }

  private static <K, R> int size(List<Item<K, R>> items, boolean insert) {
    int size = HEAD_BYTES;
    for (Item<K, R> item : items) {
      byte[] record = item.recordBytes();
      size +=
          CHANGE_BYTES + item.keyBytes().length + (insert && record != null ? record.length : 0);
    }
    return size;
  }

  private static <K, R> List<Witness.SeenChange> seen(List<Change<K, R>> changes) {
    return changes.stream()
        .map(
            change ->
                new Witness.SeenChange(
                    change.key(),
                    change.record() != null,
                    change.replaces().stream()
                        .map(old -> new Witness.SeenVersion(old.origin(), old.stamp()))
                        .toList()))
        .toList();
  }

  private boolean concerns(
      LocalWrite.Kind kind, Item<K, R> item, @Nullable LiveVersions<K, R> live) {
    return switch (kind) {
      case INSERT -> true;
      case DELETE -> live != null;
      case DELETE_OBJECT -> live != null && isVisible(item, live);
    };
  }

  /** Is this the record that readers see? By equals, or by content where arrays are in it. */
  private boolean isVisible(Item<K, R> item, LiveVersions<K, R> live) {
    for (int i = 0; i < live.count(); i++) {
      R shown = live.version(i).shown();
      if (shown != null) {
        return shown.equals(item.record())
            || Arrays.equals(definition.recordCodec().encode(shown), item.recordBytes());
      }
    }
    return false;
  }

  private static <K, R> List<VersionId> names(@Nullable LiveVersions<K, R> live) {
    if (live == null) {
      return List.of();
    }
    if (live.count() == 1) {
      return List.of(name(live.version(0)));
    }
    List<VersionId> names = new ArrayList<>(live.count());
    for (int i = 0; i < live.count(); i++) {
      names.add(name(live.version(i)));
    }
    return names;
  }

  private static VersionId name(Version<?> version) {
    return new VersionId(version.origin().incarnation(), version.stamp());
  }

  /** Sends what has gathered. */
  void flush() {
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
    }
  }

  private void writes(Link<K, R> link, Writes<K, R> batch) {
    if (batch.writes().isEmpty()) {
      return;
    }
    long last = batch.writes().getLast().stamp();
    if (!node.rules().keep(Rule.TAKE_IN_BEFORE_ACKNOWLEDGING)) {
      link.send(new Ack<>(last));
      late.add(() -> takeIn(link, batch));
      return;
    }
    if (takeIn(link, batch)) {
      link.send(new Ack<>(last));
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

  /**
   * The node goes on under a new incarnation: records that would go with the old one are written
   * anew, before it is given up.
   */
  void reincarnate(Incarnation before) {
    intake.origin(node.self()).visible(true);
    lastOwnStamp = 0;
    if (definition.keep()) {
      return;
    }
    Origin old = intake.origin(before);
    List<LiveVersions<K, R>> all = new ArrayList<>();
    intake.store().forEach(all::add);
    List<Change<K, R>> changes = new ArrayList<>();
    List<Item<K, R>> items = new ArrayList<>();
    long gatheredBytes = 0;
    for (LiveVersions<K, R> live : all) {
      for (int i = 0; i < live.count(); i++) {
        Version<R> version = live.version(i);
        if (version.origin() == old) {
          R record = version.record();
          changes.add(new Change<>(live.key(), live.hash(), record, List.of(name(version))));
          byte[] bytes = definition.recordCodec().encode(record);
          byte[] key = definition.keyCodec().encode(live.key());
          items.add(new Item<>(live.key(), live.hash(), key, record, bytes));
          gatheredBytes += bytes.length;
        }
      }
      if (changes.size() >= REWRITTEN_AT_ONCE
          || gatheredBytes >= node.settings().maxRecordBytes()) {
        gatheredBytes = 0;
        apply(changes, items, true, Long.MAX_VALUE, NO_CALL);
        changes = new ArrayList<>();
        items = new ArrayList<>();
      }
    }
    if (!changes.isEmpty()) {
      apply(changes, items, true, Long.MAX_VALUE, NO_CALL);
    }
  }

  private static final Call NO_CALL =
      new Call() {
        @Override
        public void ended(Outcome outcome) {}

        @Override
        public void released() {}
      };

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
      log.close(reason);
      intake.store().clear();
    }
  }
}
