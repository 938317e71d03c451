package dev.cets.replication;

import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Message.HelloRefused;
import dev.cets.replication.Message.Leaving;
import dev.cets.replication.Message.OnLink;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.Stale;
import dev.cets.replication.Message.StartTaken;
import dev.cets.spi.DecodeException;
import dev.cets.spi.Transport.Connection;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A node's side of the protocol: its peers, who it is itself, and its tables. Frames come in as
 * bytes and are messages from there on. All calls come from one thread; time is told before each
 * batch of them by {@link #time}.
 */
public final class Replication {
  /** The state of a link whose both sides have taken what the other held. */
  public static final String JOINED = "joined";

  /** The state of a link with a peer that has no table of the name. */
  public static final String NO_SUCH_TABLE = "no such table there";

  /** How the state of a link begins whose tables do not match. */
  static final String MISMATCH = "mismatch: ";

  private final Settings settings;
  private final Rules rules;
  private final Witness witness;
  private final Journal journal;
  private final LongSupplier chance;
  private final HybridClock clock = new HybridClock();
  private final Gone gone = new Gone();
  private final TransferSlots transferSlots;
  private final Peers peers;
  private final Map<String, TableReplica<?, ?>> tables = new TreeMap<>();
  private final Set<TableReplica<?, ?>> gathered = new LinkedHashSet<>();
  private final Map<Long, OpenLink<?, ?>> linksByAttempt = new HashMap<>();
  private final Map<String, Long> highestStarts = new HashMap<>();
  private Incarnation self;
  private long nowNanos;
  private long lastTickNanos;
  private long beatDueNanos;
  private long attempts;

  private record OpenLink<K, R>(TableReplica<K, R> table, Link<K, R> link) {
    void received(int kind, WireReader body) {
      table.received(link, table.codec().decode(kind, body, link.peer().identity()));
    }
  }

  /**
   * A node that knows nobody.
   *
   * @param discovers whether it looks for nodes itself
   * @param chance gives random numbers
   */
  public Replication(
      String name,
      String cluster,
      boolean discovers,
      Settings settings,
      Rules rules,
      Witness witness,
      Journal journal,
      LongSupplier chance,
      long nowNanos,
      long wallMillis) {
    this.settings = settings;
    this.rules = rules;
    this.witness = witness;
    this.journal = journal;
    this.chance = chance;
    this.transferSlots = new TransferSlots(settings.maxTransfers());
    this.nowNanos = nowNanos;
    this.lastTickNanos = nowNanos;
    clock.wall(wallMillis);
    self = new Incarnation(name, HybridClock.start(wallMillis, chance.getAsLong(), 0));
    peers = new Peers(this, cluster, discovers);
  }

  // ---- what tables and peers share

  Incarnation self() {
    return self;
  }

  Settings settings() {
    return settings;
  }

  Witness witness() {
    return witness;
  }

  Rules rules() {
    return rules;
  }

  HybridClock clock() {
    return clock;
  }

  Gone gone() {
    return gone;
  }

  TransferSlots transferSlots() {
    return transferSlots;
  }

  long now() {
    return nowNanos;
  }

  long nextAttempt() {
    return ++attempts;
  }

  /** The table has writes to send at the end of this batch of events. */
  void gathered(TableReplica<?, ?> table) {
    gathered.add(table);
  }

  void tell(Event event) {
    journal.told(event);
  }

  <K, R> void register(TableReplica<K, R> table, Link<K, R> link) {
    linksByAttempt.put(link.mine(), new OpenLink<>(table, link));
  }

  void unregister(Link<?, ?> link) {
    linksByAttempt.remove(link.mine());
  }

  List<TableReplica<?, ?>> tableList() {
    return new ArrayList<>(tables.values());
  }

  // ---- for the status

  /** Does this state of a link say that the tables do not match? */
  public static boolean isMismatch(String state) {
    return state.startsWith(MISMATCH);
  }

  /** This run of the node. */
  public Incarnation incarnation() {
    return self;
  }

  /** The peers as they stand. */
  public List<PeerView> peers() {
    return peers.views();
  }

  /** Tables that peers have and this node has not: by table, the peers. */
  public Map<String, List<String>> unknownTables() {
    return peers.unknownTables();
  }

  /** The open tables. */
  public Collection<TableReplica<?, ?>> tables() {
    return tables.values();
  }

  /** One of them, or null. */
  public @Nullable TableReplica<?, ?> table(String name) {
    return tables.get(name);
  }

  // ---- events in

  /** What time it is; told before anything else happens. */
  public void time(long nanos, long wallMillis) {
    nowNanos = nanos;
    clock.wall(wallMillis);
  }

  /** Opens a table; none of its name is open. */
  public <K, R> TableReplica<K, R> open(
      TableDefinition<K, R> definition, VersionStore<K, R> store, boolean again) {
    return open(definition, TableOptions.DEFAULTS, store, again);
  }

  /** As the other, with options. */
  public <K, R> TableReplica<K, R> open(
      TableDefinition<K, R> definition,
      TableOptions options,
      VersionStore<K, R> store,
      boolean again) {
    if (again) {
      reincarnate(self.start(), "table " + definition.name() + " is opened again");
    }
    TableReplica<K, R> table = new TableReplica<>(this, definition, options, store);
    tables.put(definition.name(), table);
    peers.opened(definition.name());
    peers.up().forEach(table::peerUp);
    return table;
  }

  /** Closes a table. */
  public void close(String name) {
    TableReplica<?, ?> table = tables.remove(name);
    if (table != null) {
      table.close("table " + name + " was closed");
    }
  }

  /** A caller's write. */
  public <K, R> void write(TableReplica<K, R> table, LocalWrite<K, R> write) {
    table.write(write);
  }

  /** Sends what has gathered; called when a batch of events is done. */
  public void flush() {
    if (!gathered.isEmpty()) {
      gathered.forEach(TableReplica::flush);
      gathered.clear();
    }
  }

  /** A connection with somebody. */
  public void connected(Connection connection) {
    peers.connected(connection);
  }

  /** It is over. */
  public void disconnected(Connection connection, String reason) {
    peers.disconnected(connection, reason);
  }

  /** There is room again. */
  public void writable(Connection connection) {
    Peer peer = peers.of(connection);
    if (peer != null) {
      tableList().forEach(table -> table.writable(peer));
    }
  }

  /** A frame came. Whatever it is, it does no harm. */
  public void received(Connection connection, ByteBuffer frame) {
    Peer peer = peers.of(connection);
    if (peer == null) {
      return;
    }
    peer.heard(nowNanos);
    try {
      int kind = Envelope.open(frame);
      WireReader body = new WireReader(frame, clock.latestBelieved(settings.maxClockSkew()));
      if (kind < MessageCodec.FIRST_ON_LINK) {
        received(peer, MessageCodec.decode(kind, body));
      } else {
        receivedOnLink(peer, kind, body);
      }
    } catch (ClockSkewException e) {
      peers.skewed(peer, e.stamp());
    } catch (DecodeException e) {
      tell(new Event.FrameRefused(peer.name(), String.valueOf(e.getMessage())));
    }
  }

  private void receivedOnLink(Peer peer, int kind, WireReader body) {
    long to = body.readNumber();
    long from = body.readNumber();
    OpenLink<?, ?> target = linksByAttempt.get(to);
    if (target == null || target.link().peer() != peer || !target.link().carries(to, from)) {
      tell(new Event.StaleRefused(peer.name()));
      peer.connection().send(MessageCodec.encode(new Stale(from, to)));
      return;
    }
    target.received(kind, body);
  }

  private void received(Peer peer, Message message) {
    switch (message) {
      case Greeting greeting -> peers.greeted(peer, greeting);
      case Refusal refusal -> peers.refusedBy(peer, refusal.reason());
      case StartTaken taken -> {
        if (taken.highest() >= self.start()) {
          reincarnate(taken.highest(), "a later run of this name is known to " + peer.name());
        }
      }
      case Beat beat -> beat(peer, beat);
      case Leaving leaving -> peers.left(peer);
      case Hello hello -> hello(peer, hello);
      case HelloRefused refused -> {
        TableReplica<?, ?> table = tables.get(refused.table());
        if (table != null) {
          table.helloRefused(peer, refused);
        } else if (refused.reason() == null) {
          peers.hasTableNoLonger(peer, refused.table());
        }
      }
      case Stale stale -> stale(peer, stale);
      case OnLink<?, ?> onLink -> throw new DecodeException("a link's message out of place");
    }
  }

  private void hello(Peer peer, Hello hello) {
    TableReplica<?, ?> table = tables.get(hello.table());
    if (table != null) {
      table.hello(peer, hello);
    } else if (peer.isUp()) {
      peers.hasUnknownTable(peer, hello.table());
      peer.connection()
          .send(MessageCodec.encode(new HelloRefused(hello.table(), hello.mine(), null)));
    }
  }

  private void stale(Peer peer, Stale stale) {
    OpenLink<?, ?> target = linksByAttempt.get(stale.to());
    if (target != null
        && target.link().peer() == peer
        && target.link().carries(stale.to(), stale.from())) {
      linkAgain(target, "the other side has closed it");
    }
  }

  private static <K, R> void linkAgain(OpenLink<K, R> target, String reason) {
    target.table().linkAgain(target.link(), reason);
  }

  private void beat(Peer peer, Beat beat) {
    peers.clock(peer, beat.clockMillis());
    for (Beat.Sent sent : beat.sent()) {
      OpenLink<?, ?> target = linksByAttempt.get(sent.to());
      if (target != null
          && target.link().peer() == peer
          && target.link().carries(sent.to(), sent.from())) {
        sentUpTo(target, sent.stamp());
      }
    }
  }

  private static <K, R> void sentUpTo(OpenLink<K, R> target, long stamp) {
    target.table().sentUpTo(target.link(), stamp);
  }

  /** Time has passed; called a few times per beat. */
  public void tick() {
    long gap = nowNanos - lastTickNanos;
    lastTickNanos = nowNanos;
    if (gap > settings.silenceLimit().toNanos() / 2) {
      peers.excuse(gap); // it was this node that slept: it reads before it judges others
    }
    peers.tick();
    tableList().forEach(TableReplica::tick);
    if (beatDueNanos <= nowNanos) {
      beatDueNanos = nowNanos + settings.beat().toNanos();
      for (Peer peer : peers.connected()) {
        sendBeat(peer);
      }
    }
  }

  private void sendBeat(Peer peer) {
    List<Beat.Sent> sent = new ArrayList<>();
    for (TableReplica<?, ?> table : tables.values()) {
      Link<?, ?> link = table.links().of(peer);
      if (link != null && link.isOpen()) {
        sent.add(new Beat.Sent(link.yours(), link.mine(), link.sending.lastSent()));
      }
    }
    peer.connection().send(MessageCodec.encode(new Beat(clock.wall(), sent)));
  }

  /** Says goodbye: the records that this node owns go at once, everywhere. */
  public void leave() {
    flush();
    for (Peer peer : peers.up()) {
      peer.connection().send(MessageCodec.encode(new Leaving()));
    }
    for (TableReplica<?, ?> table : tableList()) {
      table.close("the node was closed");
    }
    tables.clear();
  }

  // ---- incarnations

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
    tableList().forEach(TableReplica::retire);
    for (Peer peer : peers.up()) {
      if (gone.has(peer.identity())) {
        peers.close(peer, "this run of it was given up");
      }
    }
  }

  private void reincarnate(long beyond, String reason) {
    Incarnation before = self;
    self =
        new Incarnation(self.name(), HybridClock.start(clock.wall(), chance.getAsLong(), beyond));
    peers.regreet();
    tableList().forEach(table -> table.reincarnate(before));
    tell(new Event.Reincarnated(self.toString(), reason));
    retire(Map.of(self.name(), self.start() - 1));
    peers.greetAll();
  }
}
