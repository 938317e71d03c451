package dev.cets.replication;

import dev.cets.replication.Message.Greeting;
import dev.cets.replication.Message.Refusal;
import dev.cets.replication.Message.StartTaken;
import dev.cets.replication.Peer.State;
import dev.cets.spi.Transport.Connection;
import dev.cets.wire.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of each connection: accepted or not, alive or silent. Pairs only; there
 * is no view on which nodes would have to agree.
 */
final class Peers {
  private static final int MAX_UNKNOWN_TABLES = 1000;

  /** How the reason begins if a peer is refused for its clock or its stamps. */
  private static final String CLOCK_SKEW = "CLOCK_SKEW: ";

  private static final String NOT_ACCEPTED = "not accepted yet";

  private final Replication node;
  private final String cluster;
  private final boolean discovers;
  private final Map<Connection, Peer> byConnection = new LinkedHashMap<>();
  private final Map<Peer, TreeSet<String>> unknownTables = new HashMap<>();
  private final Acquaintances acquaintances;
  private final Namesakes namesakes;

  Peers(Replication node, String cluster, boolean discovers) {
    this.discovers = discovers;
    this.node = node;
    this.cluster = cluster;
    this.acquaintances = new Acquaintances(node);
    this.namesakes = new Namesakes(node, this, byConnection.values());
  }

  /** Who has the name of this node, or of another. */
  Namesakes namesakes() {
    return namesakes;
  }

  /** Whom this node has met. */
  Acquaintances acquaintances() {
    return acquaintances;
  }

  @Nullable Peer of(Connection connection) {
    return byConnection.get(connection);
  }

  List<Peer> up() {
    return peers(Peer::isUp);
  }

  /** All that are not over, accepted or not. */
  List<Peer> connected() {
    return peers(peer -> peer.state() != State.DOWN);
  }

  /** A copy, for a walk during which peers may come and go; plain, as each tick makes some. */
  private List<Peer> peers(Predicate<Peer> which) {
    List<Peer> peers = new ArrayList<>(byConnection.size());
    for (Peer peer : byConnection.values()) {
      if (which.test(peer)) {
        peers.add(peer);
      }
    }
    return peers;
  }

  /** All that are or were accepted, and those that would like to be; by name. */
  List<PeerView> views() {
    Map<String, PeerView> views = new TreeMap<>();
    Set<String> discovering = new HashSet<>();
    for (Peer peer : byConnection.values()) {
      Incarnation incarnation = peer.incarnation();
      String run = incarnation == null ? "" : incarnation.toString();
      String address = peer.connection().peerAddress().toString();
      long forNanos = node.now() - peer.settledNanos();
      views.put(
          peer.name(),
          new PeerView(peer.name(), run, address, false, false, forNanos, NOT_ACCEPTED));
      if (peer.isUp() && peer.discovers()) {
        discovering.add(peer.name());
      }
    }
    for (String name : acquaintances.names()) {
      PeerView met = acquaintances.view(name, discovering.contains(name));
      if (met != null && (met.up() || !views.containsKey(name))) {
        views.put(name, met);
      }
    }
    return new ArrayList<>(views.values());
  }

  void connected(Connection connection) {
    Peer peer = new Peer(connection, node.now());
    byConnection.put(connection, peer);
    greet(peer);
  }

  void disconnected(Connection connection, String reason) {
    Peer peer = byConnection.remove(connection);
    if (peer != null) {
      down(peer, reason, true);
      admitWaiting();
    }
  }

  void close(Peer peer, String reason) {
    down(peer, reason, true);
    peer.connection().close(reason);
  }

  private void down(Peer peer, String reason, boolean lost) {
    boolean wasUp = peer.isUp();
    peer.state(State.DOWN);
    unknownTables.remove(peer);
    if (wasUp) {
      long lived = acquaintances.down(peer.identity(), reason);
      node.tell(new Event.NodeDown(peer.name(), reason, lived));
      node.inquiries().down(peer);
      node.tableList().forEach(table -> table.peerDown(peer, lost));
      if (!node.rules().keep(Rule.GIVE_UP_ON_PROOF)) {
        node.retire(Map.of(peer.name(), peer.identity().start()));
      }
    }
  }

  private void greet(Peer peer) {
    send(
        peer,
        new Greeting(
            Envelope.VERSION,
            Envelope.VERSION,
            cluster,
            node.self(),
            node.clock().wall(),
            goneFor(peer),
            Greeting.TELLS_STATUS
                | (discovers ? Greeting.DISCOVERS : 0)
                | (namesakes.wasAccepted() ? Greeting.ACCEPTED : 0)));
  }

  /**
   * A peer whose newer run is up here is not told that it is gone: it would begin anew beyond that
   * run, instead of ending.
   */
  private Map<String, Long> goneFor(Peer peer) {
    Map<String, Long> gone = new TreeMap<>(node.gone().snapshot());
    if (up().stream().anyMatch(other -> other != peer && other.name().equals(peer.name()))) {
      gone.remove(peer.name());
    }
    return gone;
  }

  /** This node is somebody else now: all links end, and all peers are told. */
  void regreet() {
    for (Peer peer : up()) {
      peer.state(State.GREETING);
      node.tableList().forEach(table -> table.peerDown(peer, false));
    }
  }

  void greetAll() {
    for (Peer peer : connected()) {
      greet(peer);
      admit(peer);
    }
  }

  void greeted(Peer peer, Greeting greeting) {
    if (peer.state() == State.DOWN) {
      return;
    }
    String refusal = refusal(peer, greeting);
    if (refusal != null) {
      refuse(peer, refusal);
      return;
    }
    if (greeting.incarnation().name().equals(node.self().name())) {
      namesakes.met(peer, greeting);
      return;
    }
    if (peer.isUp()) {
      down(peer, "it goes on as a new incarnation", false);
    }
    peer.state(State.GREETING);
    peer.introduced(greeting.incarnation(), greeting.capabilities());
    node.retire(greeting.gone());
    admit(peer);
  }

  private @Nullable String refusal(Peer peer, Greeting greeting) {
    if (greeting.oldestVersion() > Envelope.VERSION) {
      return "the wire version is "
          + greeting.oldestVersion()
          + " there and "
          + Envelope.VERSION
          + " here";
    }
    if (!greeting.cluster().equals(cluster)) {
      return "the cluster is " + greeting.cluster() + " there and " + cluster + " here";
    }
    if (!greeting.incarnation().name().equals(peer.name())) {
      return "it calls itself " + peer.name() + " and " + greeting.incarnation().name();
    }
    return skew(greeting.clockMillis());
  }

  private @Nullable String skew(long theirMillis) {
    long mine = node.clock().wall();
    long allowed = node.settings().maxClockSkew().toMillis();
    if (theirMillis >= mine - allowed && theirMillis <= mine + allowed) {
      return null;
    }
    return CLOCK_SKEW
        + "the clocks are more than "
        + allowed
        + " ms apart: "
        + theirMillis
        + " ms since 1970 there and "
        + mine
        + " here";
  }

  /** A peer told of a stamp that is not to be believed. */
  void skewed(Peer peer, long stamp) {
    long ahead = node.clock().millisAhead(stamp);
    refuse(peer, CLOCK_SKEW + "a stamp is " + ahead + " ms ahead of the clock here");
  }

  private void refuse(Peer peer, String reason) {
    refuse(peer, reason, new Refusal(reason));
  }

  /** Says so to the peer in this message, and ends the connection. */
  void refuse(Peer peer, String reason, Message message) {
    send(peer, message);
    node.tell(new Event.NodeRefused(peer.name(), reason));
    close(peer, "refused: " + reason);
  }

  /** A peer's clock as it is now. */
  void clock(Peer peer, long theirMillis) {
    String skew = peer.isUp() ? skew(theirMillis) : null;
    if (skew != null) {
      refuse(peer, skew);
    }
  }

  /** Accepts a peer that has said who it is, if nothing stands against it. */
  private void admit(Peer peer) {
    Incarnation incarnation = peer.incarnation();
    if (incarnation == null || peer.isUp() || peer.state() == State.DOWN) {
      return;
    }
    if (namesakes.of(incarnation) != null) {
      if (peer.state() != State.WAITING) {
        peer.waits(node.now());
      }
      return;
    }
    long highest = node.incarnations().highestStart(incarnation);
    if (highest >= incarnation.start() && node.rules().keep(Rule.REFUSE_WHO_IS_GONE)) {
      peer.waits(node.now());
      send(peer, new StartTaken(highest));
      return;
    }
    peer.state(State.UP);
    node.incarnations().known(incarnation);
    node.retire(Map.of(incarnation.name(), incarnation.start() - 1));
    long away = acquaintances.up(incarnation, peer.connection().peerAddress().toString());
    node.tell(new Event.NodeUp(peer.name(), incarnation.toString(), away));
    node.tableList().forEach(table -> table.peerUp(peer));
  }

  private void admitWaiting() {
    for (Peer peer : List.copyOf(byConnection.values())) {
      if (peer.state() == State.WAITING) {
        admit(peer);
      }
    }
  }

  void refusedBy(Peer peer, String reason) {
    node.tell(new Event.NodeRefused(peer.name(), "it refuses this node: " + reason));
    close(peer, "it refuses this node: " + reason);
  }

  /** The peer ends for good, and says so. */
  void left(Peer peer) {
    Incarnation incarnation = peer.incarnation();
    if (incarnation != null && peer.isUp()) {
      close(peer, "it left");
      node.retire(Map.of(incarnation.name(), incarnation.start()));
    }
  }

  void hasUnknownTable(Peer peer, String table) {
    TreeSet<String> tables = unknownTables.computeIfAbsent(peer, any -> new TreeSet<>());
    if (tables.size() < MAX_UNKNOWN_TABLES) {
      tables.add(table);
    }
  }

  void hasTableNoLonger(Peer peer, String table) {
    TreeSet<String> tables = unknownTables.get(peer);
    if (tables != null) {
      tables.remove(table);
    }
  }

  void opened(String table) {
    unknownTables.values().forEach(tables -> tables.remove(table));
  }

  Map<String, List<String>> unknownTables() {
    Map<String, List<String>> byTable = new TreeMap<>();
    unknownTables.forEach(
        (peer, tables) -> {
          for (String table : tables) {
            byTable.computeIfAbsent(table, any -> new ArrayList<>()).add(peer.name());
          }
        });
    return byTable;
  }

  /** This node slept for so long: what the others sent meanwhile has not been read yet. */
  void excuse(long gapNanos) {
    byConnection
        .values()
        .forEach(peer -> peer.heard(Math.min(peer.heardNanos() + gapNanos, node.now())));
  }

  void tick() {
    long limit = node.settings().silenceLimit().toNanos();
    for (Peer peer : connected()) {
      if (node.now() - peer.heardNanos() > limit) {
        close(peer, "silent for " + Durations.text(node.settings().silenceLimit()));
      } else if (peer.isUp()) {
        peer.settled(node.now());
      } else if (peer.state() == State.WAITING && namesakes.of(peer.identity()) != null) {
        namesakes.tick(peer);
      } else if (node.now() - peer.settledNanos() > node.settings().progressLimit().toNanos()) {
        close(
            peer,
            "no greeting for "
                + Durations.text(node.settings().progressLimit())); // a lost one comes again
      }
    }
  }

  void send(Peer peer, Message message) {
    peer.connection().send(MessageCodec.encode(message));
  }
}
