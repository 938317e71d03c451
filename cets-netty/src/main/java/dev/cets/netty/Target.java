package dev.cets.netty;

import dev.cets.engine.Backoff;
import dev.cets.engine.EngineId;
import dev.cets.engine.Resolver;
import dev.cets.spi.NodeAddress;
import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One sought address: dialled, one attempt at a time, while it is not known to be at a node with
 * which there is a connection. On the loop only.
 */
final class Target implements Outcome {
  private final NodeAddress address;
  private final Switchboard switchboard;
  private final NettyLoop loop;
  private final Resolver resolver;
  private final Backoff backoff;

  /** Who is at this address; there is a connection with it, or it is this engine itself. */
  private @Nullable EngineId home;

  /** Who answered the latest dial. */
  private @Nullable EngineId met;

  private boolean dropped;
  private boolean dialling;
  private int attempt;
  private int refusals;
  private @Nullable Channel channel;
  private @Nullable Future<?> timer;

  Target(NodeAddress address, Switchboard switchboard, NettyLoop loop, Resolver resolver) {
    this.address = address;
    this.switchboard = switchboard;
    this.loop = loop;
    this.resolver = resolver;
    Settings settings = switchboard.settings();
    this.backoff = new Backoff(settings.redialMinNanos(), settings.redialMaxNanos());
  }

  void start() {
    NettyConnection connection = switchboard.at(address);
    if (address.equals(switchboard.own().address())) {
      foundAt(switchboard.own());
    } else if (connection != null) {
      foundAt(connection.peer());
    } else {
      dial();
    }
  }

  /** Forgets the address. A handshake that is under way may still end in a connection. */
  void drop() {
    dropped = true;
    cancelTimer();
    if (channel != null && !channel.isActive()) {
      Channels.close(channel);
    }
  }

  /** A connection has been established, whoever dialled. */
  void connected(Hello peer) {
    if (peer.engine().equals(met) || peer.address().equals(address)) {
      foundAt(peer);
    }
  }

  private void foundAt(Hello peer) {
    if (!dialling) {
      cancelTimer();
    }
    if (!dropped && !peer.engine().equals(home)) {
      home = peer.engine();
      refusals = 0;
      switchboard.listener().located(address, peer.name());
    }
  }

  /** The connection with an engine is over, after it had lasted or at once. */
  void lost(EngineId peer, boolean lasted) {
    if (peer.equals(home)) {
      home = null;
      dialAfter(lasted ? backoff.afterLoss(loop.random()) : backoff.afterFailure(loop.random()));
    }
  }

  private void dialAfter(long nanos) {
    if (!dropped && !dialling) {
      cancelTimer();
      timer = loop.netty().schedule(this::dial, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void dial() {
    timer = null;
    dialling = true;
    met = null;
    int current = ++attempt;
    long nanos = switchboard.settings().connectTimeoutNanos();
    timer =
        loop.netty()
            .schedule(
                () -> failed("name not resolved within " + Reasons.duration(nanos)),
                nanos,
                TimeUnit.NANOSECONDS);
    var unused =
        resolver
            .resolve(address.host())
            .whenComplete((found, error) -> loop.execute(() -> resolved(current, found, error)));
  }

  private void resolved(
      int ofAttempt, @Nullable List<InetAddress> found, @Nullable Throwable error) {
    if (dropped || ofAttempt != attempt) {
      return;
    }
    cancelTimer();
    if (found == null) {
      Throwable cause = error instanceof CompletionException ? error.getCause() : error;
      failed(cause == null ? "name cannot be resolved" : Reasons.of(cause));
    } else {
      connect(found.iterator());
    }
  }

  private void connect(Iterator<InetAddress> hosts) {
    Channels.dial(
            loop,
            new InetSocketAddress(hosts.next(), address.port()),
            switchboard.settings().tls() == null,
            switchboard.settings().connectTimeoutNanos(),
            this::dress)
        .addListener(
            done -> {
              Throwable cause = done.cause();
              if (cause != null) { // otherwise the handshake tells how it goes on
                // A channel that could not even be made tells so on a thread of Netty's.
                loop.execute(() -> notConnected(hosts, cause));
              }
            });
  }

  private void dress(SocketChannel dialled) {
    channel = dialled;
    switchboard.dialled(dialled, address, this);
  }

  private void notConnected(Iterator<InetAddress> others, Throwable cause) {
    if (others.hasNext() && !dropped) {
      connect(others);
    } else {
      failed(reason(cause));
    }
  }

  private String reason(Throwable cause) {
    return cause instanceof ConnectTimeoutException
        ? "timed out after " + Reasons.duration(switchboard.settings().connectTimeoutNanos())
        : Reasons.of(cause);
  }

  @Override
  public void greeted(Hello peer) {
    met = peer.engine();
  }

  @Override
  public void self() {
    attemptOver();
    foundAt(switchboard.own());
  }

  @Override
  public void established() {
    attemptOver();
  }

  @Override
  public void alreadyConnected(Hello peer) {
    attemptOver();
    NettyConnection connection = switchboard.with(peer.engine());
    if (connection != null && !connection.ended()) {
      foundAt(connection.peer());
    } else if (home == null) {
      // Most often that connection is about to be established here as well; nothing to complain of.
      if (refusals++ > 0) {
        complain("says that it is connected already; this end knows of no connection");
      }
      dialAfter(backoff.afterFailure(loop.random()));
    }
  }

  @Override
  public void failed(String reason) {
    attemptOver();
    if (home == null) {
      refusals = 0;
      complain(reason);
      dialAfter(backoff.afterFailure(loop.random()));
    }
  }

  private void complain(String reason) {
    if (!dropped) {
      switchboard.listener().unreachable(address, reason);
    }
  }

  private void attemptOver() {
    dialling = false;
    attempt++;
    channel = null;
    cancelTimer();
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
