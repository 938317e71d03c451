package dev.cets.replication;

import dev.cets.replication.Message.Greeting;
import dev.cets.spi.Transport.Connection;
import org.jspecify.annotations.Nullable;

/** Another node, at the other end of one connection. */
final class Peer {
  /** How far two nodes are with each other. */
  enum State {
    /** Connected; it has not said who it is, or has to say it again. */
    GREETING,
    /** It said who it is, and has to wait until an older run of the same name is gone. */
    WAITING,
    /** Accepted: tables may be linked. */
    UP,
    /** Over. */
    DOWN
  }

  private final Connection connection;
  private State state = State.GREETING;
  private @Nullable Incarnation incarnation;
  private long capabilities;
  private long heardNanos;
  private long waitsSinceNanos;
  private long settledNanos;

  Peer(Connection connection, long nowNanos) {
    this.connection = connection;
    this.heardNanos = nowNanos;
    this.settledNanos = nowNanos;
  }

  Connection connection() {
    return connection;
  }

  String name() {
    return connection.peerName();
  }

  State state() {
    return state;
  }

  void state(State next) {
    state = next;
  }

  boolean isUp() {
    return state == State.UP;
  }

  @Nullable Incarnation incarnation() {
    return incarnation;
  }

  void introduced(Incarnation told, long toldCapabilities) {
    incarnation = told;
    capabilities = toldCapabilities;
  }

  /** Does it look for other nodes by itself? */
  boolean discovers() {
    return (capabilities & Greeting.DISCOVERS) != 0;
  }

  /** Can it be asked for its status? */
  boolean tellsStatus() {
    return (capabilities & Greeting.TELLS_STATUS) != 0;
  }

  /** Who it is; it has said so. */
  Incarnation identity() {
    Incarnation told = incarnation;
    if (told == null) {
      throw new IllegalStateException(name() + " has not said who it is");
    }
    return told;
  }

  long heardNanos() {
    return heardNanos;
  }

  void heard(long nowNanos) {
    heardNanos = nowNanos;
  }

  /** It has to wait for the end of another run of its name. */
  void waits(long nowNanos) {
    state = State.WAITING;
    waitsSinceNanos = nowNanos;
  }

  long waitsSinceNanos() {
    return waitsSinceNanos;
  }

  /** Since when it owes a greeting. */
  long settledNanos() {
    return settledNanos;
  }

  void settled(long nowNanos) {
    settledNanos = nowNanos;
  }

  @Override
  public String toString() {
    return incarnation == null ? name() : incarnation.toString();
  }
}
