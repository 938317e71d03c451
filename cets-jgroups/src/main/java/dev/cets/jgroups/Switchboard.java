package dev.cets.jgroups;

import dev.cets.engine.EngineId;
import dev.cets.engine.Teller;
import dev.cets.jgroups.Packet.Data;
import dev.cets.jgroups.Packet.Farewell;
import dev.cets.jgroups.Packet.Goodbye;
import dev.cets.jgroups.Packet.Hello;
import dev.cets.jgroups.Packet.Here;
import dev.cets.jgroups.Packet.Knock;
import dev.cets.jgroups.Packet.Status;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Listener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pairs of an open transport. On the loop only. */
final class Switchboard {
  private static final Logger log = LoggerFactory.getLogger(JGroupsTransport.class);

  /** So many peers are kept in mind; further ones are not answered. */
  static final int MAX_PEERS = 1024;

  private static final long LOG_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final EventLoop loop;
  private final Medium medium;
  private final Identity self;
  private final Teller teller;
  private final Dialer dialer;
  private final Map<Address, Pair> pairs = new HashMap<>();

  /** Where the connected engines are. */
  private final Map<EngineId, Pair> connected = new HashMap<>();

  /** Connections that are over, and the listener is still to be told so; in their order. */
  private final Queue<JGroupsConnection> ends = new ArrayDeque<>();

  private final List<Pair> unflushed = new ArrayList<>();
  private final Runnable flushAll = this::flushAll;

  /** Beginning anywhere, so that a run of this node before cannot have used the same ones. */
  private long session;

  private long refused;
  private boolean refusalLogged;
  private long refusalLoggedAtNanos;
  private @Nullable Runnable closed;

  Switchboard(EventLoop loop, Medium medium, Identity self, Listener listener, Settings settings) {
    this.loop = loop;
    this.medium = medium;
    this.self = self;
    this.teller = new Teller(listener, log);
    this.session = loop.random().nextLong(1, Long.MAX_VALUE / 2);
    this.dialer = new Dialer(this, settings);
    loop.schedule(this::tick, TICK_NANOS);
  }

  EventLoop loop() {
    return loop;
  }

  Medium medium() {
    return medium;
  }

  Identity self() {
    return self;
  }

  Listener listener() {
    return teller;
  }

  long nextSession() {
    return ++session;
  }

  private void tick() {
    if (closed == null) {
      pairs.values().forEach(Pair::tick);
      loop.schedule(this::tick, TICK_NANOS);
    }
  }

  // ---- what the channel tells

  void received(Address from, ByteBuffer message) {
    try {
      hear(from, Packet.decode(message));
    } catch (BadPacketException e) {
      refuse(from, "a message " + e.getMessage());
    }
  }

  private void hear(Address from, Packet packet) {
    switch (packet) {
      case Knock knock -> hear(from, knock);
      case Here here -> hear(from, here);
      case Hello hello -> {
        Pair pair = accept(from, hello.who());
        if (pair != null) {
          pair.heard(hello);
        }
      }
      case Data data -> {
        Pair pair = pairs.get(from);
        if (pair == null) {
          refuse(from, data.mine(), data.yours());
        } else {
          pair.heard(data);
        }
      }
      case Status status -> {
        Pair pair = pairs.get(from);
        if (pair == null) {
          refuse(from, status.mine(), status.yours());
        } else {
          pair.heard(status);
        }
      }
      case Goodbye goodbye -> {
        Pair pair = pairs.get(from);
        if (pair == null) {
          medium.send(from, goodbye.answer().encode());
        } else {
          pair.heard(goodbye);
        }
      }
      case Farewell farewell -> {
        Pair pair = pairs.get(from);
        if (pair != null) {
          pair.heard(farewell);
        }
      }
    }
  }

  private void hear(Address from, Knock knock) {
    if (knock.who().engine().equals(self.engine())) {
      dialer.self(knock.token());
    } else if (closed == null) {
      located(from, knock.who());
      medium.send(from, new Here(knock.token(), self).encode());
    }
  }

  private void hear(Address from, Here here) {
    if (here.who().engine().equals(self.engine())) {
      dialer.self(here.token());
    } else if (closed == null && dialer.met(here.token(), from, here.who())) {
      Pair pair = accept(from, here.who());
      if (pair != null) {
        pair.greet();
        JGroupsConnection connection = pair.connection();
        if (connection != null) {
          dialer.connected(connection.peer());
        }
      }
    }
  }

  /** The pair with whoever says to be this; null if it is refused. */
  private @Nullable Pair accept(Address from, Identity who) {
    if (closed != null || who.engine().equals(self.engine())) {
      return null;
    }
    located(from, who);
    Pair pair = pairs.get(from);
    if (pair == null) {
      if (pairs.size() >= MAX_PEERS) {
        refuse(from, "more than " + MAX_PEERS + " peers");
        return null;
      }
      pair = new Pair(this, from);
      pairs.put(from, pair);
    }
    return pair;
  }

  private void located(Address from, Identity who) {
    if (who.physical() != null) {
      medium.reach(from, who.physical());
    }
  }

  /** These are in the view now. */
  void members(Set<Address> members) {
    if (closed != null) {
      return;
    }
    for (Pair pair : List.copyOf(pairs.values())) {
      pair.member(members.contains(pair.address()));
    }
    for (Address member : members) {
      if (!pairs.containsKey(member) && pairs.size() < MAX_PEERS) {
        Pair pair = new Pair(this, member);
        pairs.put(member, pair);
        pair.member(true);
      }
    }
  }

  void suspected(Address peer, String reason) {
    Pair pair = pairs.get(peer);
    if (pair != null) {
      pair.doubt(reason);
    }
  }

  void gone(Address peer, String reason) {
    Pair pair = pairs.get(peer);
    if (pair != null) {
      pair.nobodyThere(reason);
    }
  }

  void channelEnded(String reason) {
    List.copyOf(pairs.values()).forEach(pair -> pair.channelEnded(reason));
  }

  // ---- what pairs tell

  /** A packet of a connection that is not this end's. The peer is to know, and begins anew. */
  void refuse(Address from, long theirs, long mine) {
    log.debug("{}: a packet of {} is of another connection", self.name(), from);
    if (closed == null) {
      medium.send(from, new Goodbye(mine, theirs, "not connected at the other end").encode());
    }
  }

  private void refuse(Address from, String reason) {
    refused++;
    if (!refusalLogged || loop.nanoTime() - refusalLoggedAtNanos >= LOG_INTERVAL_NANOS) {
      refusalLogged = true;
      refusalLoggedAtNanos = loop.nanoTime();
      log.warn(
          "Refused a message of {}: {}. So far {} refused; the next line comes in a minute at the"
              + " soonest.",
          from,
          reason,
          refused);
    }
  }

  void established(Pair pair, JGroupsConnection connection) {
    Identity peer = connection.peer();
    Pair former = connected.put(peer.engine(), pair);
    if (former != null && !former.equals(pair)) {
      former.gone("the peer's channel began anew");
    }
    tellEnds(); // the one before may have ended in this very turn, and been another pair's
    log.debug("{}: connected with {}", self.name(), pair);
    teller.connected(connection);
    dialer.connected(peer);
  }

  void ended(Pair pair, JGroupsConnection connection) {
    log.debug("{}: {} ends: {}", self.name(), pair, connection.endReason());
    connected.remove(connection.peer().engine(), pair);
    ends.add(connection);
    // In a turn of its own, as the end may come inside a call of the listener.
    loop.execute(this::tellEnds);
  }

  private void tellEnds() {
    for (JGroupsConnection over = ends.poll(); over != null; over = ends.poll()) {
      teller.disconnected(over, String.valueOf(over.endReason()));
      dialer.lost(over.peer().engine(), loop.nanoTime() - over.sinceNanos());
    }
  }

  void tellWritable(JGroupsConnection connection) {
    loop.execute(
        () -> {
          if (connection.writable()) {
            teller.writable(connection);
          }
        });
  }

  /** A pair that greeted was not answered. */
  void notAnswered(Pair pair, String reason) {
    dialer.notAnswered(pair.address(), reason);
  }

  /** A pair has nothing more to do, unless somebody greets. */
  void idle(Pair pair) {
    if (pairs.remove(pair.address(), pair)) {
      medium.forget(pair.address(), false);
    }
    finishClose();
  }

  void flushSoon(Pair pair) {
    if (unflushed.isEmpty()) {
      loop.execute(flushAll);
    }
    unflushed.add(pair);
  }

  private void flushAll() {
    List<Pair> due = List.copyOf(unflushed);
    unflushed.clear();
    due.forEach(Pair::flush);
  }

  // ---- what the application asks

  void seek(Set<NodeAddress> addresses) {
    if (closed == null) {
      dialer.seek(addresses);
    }
  }

  /** The connected peer that says to have this address. */
  @Nullable JGroupsConnection at(NodeAddress address) {
    for (Pair pair : connected.values()) {
      JGroupsConnection connection = pair.connection();
      if (connection != null && connection.peerAddress().equals(address)) {
        return connection;
      }
    }
    return null;
  }

  /** The connection with an engine. */
  @Nullable JGroupsConnection with(EngineId engine) {
    Pair pair = connected.get(engine);
    return pair == null ? null : pair.connection();
  }

  /** Where the members of the view are, as they say themselves, or else as JGroups says. */
  Set<NodeAddress> places() {
    Set<NodeAddress> places = new HashSet<>();
    for (Address member : medium.members()) {
      Pair pair = pairs.get(member);
      JGroupsConnection connection = pair == null ? null : pair.connection();
      InetSocketAddress physical = medium.physical(member);
      if (connection != null) {
        places.add(connection.peerAddress());
      } else if (physical != null) {
        places.add(GivenMedium.place(physical));
      }
    }
    return places;
  }

  /**
   * Tells nobody anything from here on, and calls back when all connections have ended, perhaps
   * twice.
   */
  void close(Runnable done) {
    closed = done;
    teller.silence();
    dialer.stop();
    for (Pair pair : List.copyOf(pairs.values())) {
      pair.close("the node was closed");
      pair.member(false);
    }
    loop.schedule(done, CLOSE_NANOS);
    finishClose();
  }

  private void finishClose() {
    if (closed != null && pairs.values().stream().noneMatch(Pair::isEnding)) {
      closed.run();
    }
  }
}
