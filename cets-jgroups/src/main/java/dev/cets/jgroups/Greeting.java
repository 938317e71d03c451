package dev.cets.jgroups;

import dev.cets.engine.Backoff;
import dev.cets.jgroups.Packet.Hello;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of one connection: this side's session number, and what the peer has said of its
 * own. On the loop only.
 */
final class Greeting {
  /** So many hellos without an answer, unless the peer is in the view. */
  static final int MAX_HELLOS = 8;

  static final long HELLO_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  static final long HELLO_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A member that does not answer may never: it need not run CETS. When it does, it greets. */
  static final long MEMBER_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final Identity self;
  private final long mine;
  private final Backoff pauses;
  private int hellosSent;
  private long theirs;
  private @Nullable Identity who;

  /**
   * Nothing has been said yet.
   *
   * @param mine larger than those of this node's greetings before
   * @param member whether the peer is in the view
   */
  Greeting(Identity self, long mine, boolean member) {
    this.self = self;
    this.mine = mine;
    this.pauses = new Backoff(HELLO_MIN_NANOS, member ? MEMBER_MAX_NANOS : HELLO_MAX_NANOS);
  }

  long mine() {
    return mine;
  }

  /** The peer's number; 0 if it has not said it. */
  long theirs() {
    return theirs;
  }

  /** What to say now, and again as long as the peer does not answer. */
  Hello hello() {
    return new Hello(mine, theirs, self);
  }

  /** A hello goes out without one of the peer's before. */
  void unanswered() {
    hellosSent++;
  }

  boolean isGivenUp() {
    return hellosSent == MAX_HELLOS;
  }

  /** How long to wait for an answer before the next hello. */
  long pauseNanos(RandomGenerator random) {
    return pauses.afterFailure(random);
  }

  void heard(Hello hello) {
    who = hello.who();
    theirs = hello.mine();
  }

  /** Has the peer said there that it knows this side's number? */
  boolean isAnsweredBy(Hello hello) {
    return hello.yours() == mine;
  }

  /** Has the peer said the same before? */
  boolean isRepeatedBy(Hello hello) {
    return isOfSameRun(hello) && hello.mine() == theirs;
  }

  /** Did the peer say it before what was heard last? */
  boolean isPast(Hello hello) {
    return isOfSameRun(hello) && hello.mine() < theirs;
  }

  private boolean isOfSameRun(Hello hello) {
    return who != null && who.engine().equals(hello.who().engine());
  }

  /** Is a packet with these numbers, as its sender says them, of this connection? */
  boolean matches(long peerSession, long ownSession) {
    return peerSession == theirs && ownSession == mine;
  }

  @Override
  public String toString() {
    return who == null ? "" : who.toString();
  }
}
