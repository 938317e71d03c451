package dev.cets.jgroups;

import dev.cets.engine.Backoff;
import dev.cets.engine.EngineId;
import dev.cets.engine.Resolver;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * One sought address. Where the channel is the transport's own it is knocked at, one attempt at a
 * time, while it is not known to be at a node with which there is a connection. On a channel that
 * somebody else runs, JGroups finds the members, and an address only waits for one that says to be
 * there. On the loop only.
 */
final class Target {
  private final NodeAddress address;
  private final Switchboard board;
  private final EventLoop loop;
  private final Settings settings;
  private final Resolver resolver;
  private final Backoff backoff;
  private final Timer timer;

  /** Who is at this address; there is a connection with it, or it is this engine itself. */
  private @Nullable EngineId home;

  /** Who answered the latest knock, and as which member. */
  private @Nullable EngineId met;

  private @Nullable Address metAs;

  private boolean dropped;
  private boolean dialling;

  /** The number of the attempt; what belongs to an earlier one is void. */
  private long attempt;

  Target(NodeAddress address, Switchboard board, Settings settings, Resolver resolver) {
    this.address = address;
    this.board = board;
    this.loop = board.loop();
    this.timer = new Timer(loop);
    this.settings = settings;
    this.resolver = resolver;
    this.backoff = new Backoff(settings.redialMinNanos(), settings.redialMaxNanos());
  }

  void start() {
    JGroupsConnection connection = board.at(address);
    if (address.equals(board.self().address())) {
      foundAt(board.self());
    } else if (connection != null) {
      foundAt(connection.peer());
    } else if (board.medium().knocks()) {
      dial();
    } else {
      dialling = true;
      timer.set(settings.answerNanos(), () -> failed("no node of the channel says to be there"));
    }
  }

  /** Forgets the address. Greetings that are under way may still end in a connection. */
  void drop() {
    dropped = true;
    timer.stop();
  }

  private void foundAt(Identity peer) {
    attemptOver();
    if (!dropped && !peer.engine().equals(home)) {
      home = peer.engine();
      board.listener().located(address, peer.name());
    }
  }

  /** A connection has been established, whoever greeted. */
  void connected(Identity peer) {
    if (peer.engine().equals(met) || peer.address().equals(address)) {
      foundAt(peer);
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
      timer.set(nanos, this::dial);
    }
  }

  private void dial() {
    dialling = true;
    met = null;
    metAs = null;
    if (!board.medium().knocks()) {
      timer.set(settings.redialMaxNanos(), () -> failed("no node of the channel says to be there"));
      return;
    }
    long current = board.nextSession();
    attempt = current;
    timer.set(settings.answerNanos(), () -> failed("name not resolved within " + answerTime()));
    var unused =
        resolver
            .resolve(address.host())
            .whenComplete((found, error) -> onLoop(current, () -> resolved(found, error)));
  }

  private String answerTime() {
    return TimeUnit.NANOSECONDS.toMillis(settings.answerNanos()) + " ms";
  }

  private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable error) {
    if (found == null) {
      Throwable cause = error instanceof CompletionException ? error.getCause() : error;
      failed(cause == null ? "name cannot be resolved" : Reasons.of(cause));
    } else {
      knock(found.iterator());
    }
  }

  /** One address of the host after the other, until somebody answers. */
  private void knock(Iterator<InetAddress> hosts) {
    InetSocketAddress place = new InetSocketAddress(hosts.next(), address.port());
    if (place.equals(board.self().physical())) {
      foundAt(board.self());
      return;
    }
    long current = board.nextSession();
    attempt = current;
    byte[] packet = new Packet.Knock(current, board.self()).encode();
    timer.set(
        settings.answerNanos(), () -> notThere(hosts, "does not answer within " + answerTime()));
    try {
      loop.blocking()
          .execute(
              () -> {
                try {
                  board.medium().knock(place, packet);
                } catch (IOException e) {
                  onLoop(current, () -> notThere(hosts, Reasons.of(e)));
                }
              });
    } catch (RejectedExecutionException e) {
      failed("closed");
    }
  }

  private void notThere(Iterator<InetAddress> others, String reason) {
    if (others.hasNext()) {
      knock(others);
    } else {
      failed(reason);
    }
  }

  /** Somebody has answered; is it the answer to the attempt that is under way? */
  boolean met(long token, Address from, Identity who) {
    if (!dialling || dropped || token != attempt) {
      return false;
    }
    met = who.engine();
    metAs = from;
    return true;
  }

  void self(long token) {
    if (dialling && token == attempt) {
      foundAt(board.self());
    }
  }

  /** The greeting of whoever answered has come to nothing. */
  void notAnswered(Address peer, String reason) {
    if (dialling && peer.equals(metAs)) {
      failed(reason);
    }
  }

  private void failed(String reason) {
    attemptOver();
    if (home == null && !dropped) {
      board.listener().unreachable(address, reason);
      dialAfter(backoff.afterFailure(loop.random()));
    }
  }

  private void attemptOver() {
    dialling = false;
    attempt = 0;
    timer.stop();
  }

  private void onLoop(long ofAttempt, Runnable task) {
    try {
      loop.execute(
          () -> {
            if (!dropped && ofAttempt == attempt) {
              task.run();
            }
          });
    } catch (RejectedExecutionException e) {
      // The transport was closed meanwhile.
    }
  }
}
