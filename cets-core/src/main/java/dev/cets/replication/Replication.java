package dev.cets.replication;

import dev.cets.replication.Message.AskStatus;
import dev.cets.replication.Message.Beat;
import dev.cets.replication.Message.GivenUp;
import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Hello;
import dev.cets.replication.Message.HelloRefused;
import dev.cets.replication.Message.Leaving;
import dev.cets.replication.Message.NameTaken;
import dev.cets.replication.Message.OnLink;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.Replaced;
import dev.cets.replication.Message.Stale;
import dev.cets.replication.Message.StartTaken;
import dev.cets.replication.Message.TellStatus;
import dev.cets.spi.DecodeException;
import dev.cets.spi.Transport.Connection;
import dev.cets.wire.Envelope;
import dev.cets.wire.WireReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
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

  /** What is spoken on the wire. */
  public static final int WIRE_VERSION = Envelope.VERSION;

  /** How the state of a link begins whose tables do not match. */
  static final String MISMATCH = "mismatch: ";

  private final Settings settings;
  private final Rules rules;
  private final Witness witness;
  private final Journal journal;
  private final HybridClock clock = new HybridClock();
  private final TransferSlots transferSlots;
  private final Peers peers;
  private final Incarnations incarnations;
  private final Map<String, TableReplica<?, ?>> tables = new TreeMap<>();
  private final Set<TableReplica<?, ?>> gathered = new LinkedHashSet<>();
  private final Attempts links = new Attempts(this);
  private final Beats beats;
  private final LongTasks tasks;
  private final Inquiries inquiries;
  private long nowNanos;
  private long lastTickNanos;
  private long attempts;
  private boolean refusesToLead;

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
    this.transferSlots = new TransferSlots(settings.maxTransfers());
    this.nowNanos = nowNanos;
    this.lastTickNanos = nowNanos;
    clock.wall(wallMillis);
    tasks = new LongTasks(journal::told);
    peers = new Peers(this, cluster, discovers);
    inquiries = new Inquiries(this, peers);
    beats = new Beats(this, peers, links);
    incarnations = new Incarnations(this, peers, name, chance);
  }

  // ---- what tables and peers share

  Incarnation self() {
    return incarnations.self();
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

  /** Does it serialise writes of the tables whose oldest node it is? */
  boolean leads() {
    return !refusesToLead && rules.keep(Rule.LEAD_WHEN_ASKED);
  }

  HybridClock clock() {
    return clock;
  }

  Gone gone() {
    return incarnations.gone();
  }

  TransferSlots transferSlots() {
    return transferSlots;
  }

  long now() {
    return nowNanos;
  }

  /** How long a node that has just come is to be left alone. */
  long restNanos(String peer) {
    return peers.acquaintances().restNanos(peer);
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
    links.put(table, link);
  }

  void unregister(Link<?, ?> link) {
    links.remove(link);
  }

  List<TableReplica<?, ?>> tableList() {
    return new ArrayList<>(tables.values());
  }

  // ---- for the status

  /** Does this state of a link say that the tables do not match? */
  public static boolean isMismatch(String state) {
    return state.startsWith(MISMATCH);
  }

  /** Does this state of a link say that there will be none as things stand? */
  public static boolean isApart(String state) {
    return state.equals(NO_SUCH_TABLE) || isMismatch(state);
  }

  /** This run of the node. */
  public Incarnation incarnation() {
    return incarnations.self();
  }

  /** The peers as they stand. */
  public List<PeerView> peers() {
    return peers.views();
  }

  /** Tables that peers have and this node has not: by table, the peers. */
  public Map<String, List<String>> unknownTables() {
    return peers.unknownTables();
  }

  /** Where the node lives that had this node's name first; null if this one is let in. */
  public @Nullable String nameTakenAt() {
    return peers.namesakes().takenAt();
  }

  /** Nodes ask each other for their status here. */
  public Inquiries inquiries() {
    return inquiries;
  }

  /** What takes long is watched here. */
  public LongTasks tasks() {
    return tasks;
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
      incarnations.begin("table " + definition.name() + " is opened again");
    }
    TableReplica<K, R> table = new TableReplica<>(this, definition, options, store);
    tables.put(definition.name(), table);
    peers.opened(definition.name());
    peers.up().forEach(table::peerUp);
    return table;
  }

  /**
   * From now on it answers those who ask it to serialise writes that it does not lead, or not any
   * more. For tests of what callers do then: no node that is as it should be refuses.
   */
  public void refuseToLead(boolean refuses) {
    refusesToLead = refuses;
  }

  /** Closes a table. */
  public void close(String name) {
    TableReplica<?, ?> table = tables.remove(name);
    if (table != null) {
      table.sendRest(); // whoever has the table keeps its records
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
        links.received(peer, kind, body);
      }
    } catch (ClockSkewException e) {
      peers.skewed(peer, e.stamp());
    } catch (DecodeException e) {
      tell(new Event.FrameRefused(peer.name(), String.valueOf(e.getMessage())));
    }
  }

  private void received(Peer peer, Message message) {
    switch (message) {
      case Greeting greeting -> peers.greeted(peer, greeting);
      case Refusal refusal -> peers.refusedBy(peer, refusal.reason());
      case StartTaken taken -> incarnations.startTaken(taken.highest(), peer);
      case Beat beat -> beats.received(peer, beat);
      case Leaving leaving -> peers.left(peer);
      case GivenUp givenUp -> incarnations.giveUp(givenUp.gone());
      case Replaced replaced -> incarnations.replaced(replaced.start());
      case NameTaken taken -> peers.namesakes().told(peer, taken);
      case AskStatus question -> inquiries.asked(peer, question);
      case TellStatus answer -> inquiries.told(peer, answer);
      case Hello hello -> hello(peer, hello);
      case HelloRefused refused -> {
        peers.namesakes().accepted();
        TableReplica<?, ?> table = tables.get(refused.table());
        if (table != null) {
          table.helloRefused(peer, refused);
        } else if (refused.reason() == null) {
          peers.hasTableNoLonger(peer, refused.table());
        }
      }
      case Stale stale -> links.stale(peer, stale);
      case OnLink<?, ?> onLink -> throw new DecodeException("a link's message out of place");
    }
  }

  private void hello(Peer peer, Hello hello) {
    peers.namesakes().accepted();
    TableReplica<?, ?> table = tables.get(hello.table());
    if (table != null) {
      table.hello(peer, hello);
    } else if (peer.isUp()) {
      peers.hasUnknownTable(peer, hello.table());
      peer.connection()
          .send(MessageCodec.encode(new HelloRefused(hello.table(), hello.mine(), null)));
    }
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
    inquiries.tick();
    tasks.tick(nowNanos);
    beats.tick();
  }

  /** Says goodbye: the records that this node owns go at once, everywhere. */
  public void leave() {
    leave("the node was closed");
  }

  /** As the other; writes that wait end with this reason. */
  public void leave(String reason) {
    tableList().forEach(TableReplica::sendRest);
    tasks.clear();
    inquiries.close();
    for (Peer peer : peers.up()) {
      peer.connection().send(MessageCodec.encode(new Leaving()));
    }
    for (TableReplica<?, ?> table : tableList()) {
      table.close(reason);
    }
    tables.clear();
  }

  /** Ends all connections. */
  public void disconnectAll(String reason) {
    peers.connected().forEach(peer -> peers.close(peer, reason));
  }

  // ---- incarnations

  Incarnations incarnations() {
    return incarnations;
  }

  /** Takes over which incarnations are gone for good, and gives them up here. */
  void retire(Map<String, Long> others) {
    incarnations.retire(others);
  }

  /**
   * Gives up a node for good, everywhere.
   *
   * @return why it cannot be given up, or null
   */
  public @Nullable String forget(String name) {
    return incarnations.forget(name);
  }
}
