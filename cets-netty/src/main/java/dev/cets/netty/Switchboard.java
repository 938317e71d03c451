package dev.cets.netty;

import dev.cets.engine.EngineId;
import dev.cets.engine.Strangers;
import dev.cets.engine.Teller;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport.Listener;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All channels of an open transport, and who is at their other ends. On the loop only. */
final class Switchboard {
  /** So many accepted connections may be in their handshake; more are closed at once. */
  static final int MAX_HANDSHAKES = 256;

  private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final NettyLoop loop;
  private final Settings settings;
  private final Hello own;
  private final Teller teller;
  private final Strangers strangers;
  private final Pairing<NettyConnection> pairing;
  private final Dialer dialer;

  /** The one that listens, and those that are not established yet. */
  private final Set<Channel> fresh = new HashSet<>();

  /** Those that are or were established; each ends by itself when its connection has. */
  private final Set<Channel> settled = new HashSet<>();

  private final List<NettyConnection> unflushed = new ArrayList<>();
  private final Runnable flushAll = this::flushAll;
  private int handshakes;
  private @Nullable Runnable closed;

  Switchboard(
      NettyLoop loop, Settings settings, Hello own, Listener listener, Strangers strangers) {
    this.loop = loop;
    this.settings = settings;
    this.own = own;
    this.teller = new Teller(listener, log);
    this.strangers = strangers;
    this.pairing = new Pairing<>(own.engine());
    this.dialer = new Dialer(this, loop);
  }

  Settings settings() {
    return settings;
  }

  Hello own() {
    return own;
  }

  Listener listener() {
    return teller;
  }

  void execute(Runnable task) {
    loop.execute(task);
  }

  void seek(Set<NodeAddress> addresses) {
    if (closed == null) {
      dialer.seek(addresses);
    }
  }

  /** Keeps a channel in mind until it is closed. */
  void keep(Channel channel) {
    fresh.add(channel);
    channel.closeFuture().addListener(done -> gone(channel));
  }

  private void gone(Channel channel) {
    fresh.remove(channel);
    settled.remove(channel);
    finishClose();
  }

  private void finishClose() {
    if (closed != null && fresh.isEmpty() && settled.isEmpty()) {
      closed.run();
    }
  }

  /** Takes a connection from outside. */
  void accept(SocketChannel channel) {
    keep(channel);
    if (closed != null) {
      Channels.close(channel);
    } else if (handshakes >= MAX_HANDSHAKES) {
      strangers.refuse(channel.remoteAddress(), "too many handshakes at once");
      Channels.close(channel);
    } else {
      Guest guest = new Guest(channel);
      channel.closeFuture().addListener(done -> guest.over());
      Channels.secure(channel, settings.tls(), null, loop.blocking());
      channel.pipeline().addLast(new PeerHandler(this, channel, false, guest));
    }
  }

  /** Takes a connection to outside. */
  void dialled(SocketChannel channel, NodeAddress to, Outcome outcome) {
    keep(channel);
    if (closed != null) { // the dial was under way when the end came
      Channels.close(channel);
    } else {
      Channels.secure(channel, settings.tls(), to, loop.blocking());
      channel.pipeline().addLast(new PeerHandler(this, channel, true, outcome));
    }
  }

  /** The one that was dialled is no peer. */
  void refused(SocketChannel channel, String reason) {
    if (closed == null) {
      strangers.refuse(channel.remoteAddress(), reason);
    }
  }

  Pairing.Step meet(EngineId peer) {
    NettyConnection former = pairing.with(peer);
    if (former != null) {
      former.tellEnd(); // if it has ended, it is in nobody's way
    }
    return pairing.meet(peer);
  }

  @Nullable NettyConnection with(EngineId peer) {
    return pairing.with(peer);
  }

  /** The connected peer that says to have this address. */
  @Nullable NettyConnection at(NodeAddress address) {
    for (NettyConnection connection : pairing.all()) {
      if (!connection.ended() && connection.peerAddress().equals(address)) {
        return connection;
      }
    }
    return null;
  }

  NettyConnection newConnection(SocketChannel channel, Hello peer) {
    return new NettyConnection(this, channel, peer, loop.nanoTime());
  }

  void established(NettyConnection connection) {
    Hello peer = connection.peer();
    NettyConnection former = pairing.with(peer.engine());
    if (former != null) {
      former.close("lost, as the peer says");
      former.tellEnd();
    }
    pairing.establish(peer.engine(), connection);
    fresh.remove(connection.channel());
    settled.add(connection.channel());
    teller.connected(connection);
    dialer.connected(peer);
  }

  void lost(NettyConnection connection, String reason) {
    pairing.end(connection.peer().engine(), connection);
    teller.disconnected(connection, reason);
    long lastedNanos = loop.nanoTime() - connection.sinceNanos();
    dialer.lost(connection.peer().engine(), lastedNanos > settings.redialMaxNanos());
  }

  void flushSoon(NettyConnection connection) {
    if (unflushed.isEmpty()) {
      loop.execute(flushAll);
    }
    unflushed.add(connection);
  }

  private void flushAll() {
    for (NettyConnection connection : unflushed) {
      connection.flush();
    }
    unflushed.clear();
  }

  /**
   * Tells nobody anything from here on, and calls back when all channels are closed, perhaps twice.
   */
  void close(Runnable done) {
    closed = done;
    teller.silence();
    dialer.stop();
    Set.copyOf(fresh).forEach(Channels::close);
    for (NettyConnection connection : pairing.all()) {
      if (!connection.ended()) {
        connection.closeGently();
      }
    }
    loop.schedule(() -> Set.copyOf(settled).forEach(Channels::close), CLOSE_NANOS);
    finishClose();
  }

  /** The handshake of a connection from outside; counts as one until it is over. */
  private final class Guest implements Outcome {
    private final SocketChannel channel;
    private boolean over;

    Guest(SocketChannel channel) {
      this.channel = channel;
      handshakes++;
    }

    void over() {
      if (!over) {
        over = true;
        handshakes--;
      }
    }

    @Override
    public void self() {
      over();
    }

    @Override
    public void alreadyConnected(Hello peer) {
      over();
    }

    @Override
    public void established() {
      over();
    }

    @Override
    public void failed(String reason) {
      over();
      if (closed == null) {
        strangers.refuse(channel.remoteAddress(), reason);
      }
    }
  }
}
