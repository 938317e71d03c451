package dev.cets.jgroups;

import dev.cets.engine.Backoff;
import dev.cets.jgroups.Packet.Data;
import dev.cets.jgroups.Packet.Farewell;
import dev.cets.jgroups.Packet.Goodbye;
import dev.cets.jgroups.Packet.Hello;
import dev.cets.jgroups.Packet.Status;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/**
 * This node and one member of the channel, connected or not.
 *
 * <p>A connection is a pair of session numbers, one of each side, which every packet carries. Each
 * side makes a new number, larger than those before, when it begins to greet; a side is connected
 * when it has heard its own number from the other. So a connection begins and ends for both, also
 * where the channel neither began nor ended, and what JGroups lost in between, such as by a
 * connection of its own that it opened anew, shows as a number that is missing.
 *
 * <pre>
 * state     event                                        what is done                   next
 * IDLE      in the channel's view; there by a knock      new number; hello              GREETING
 * IDLE      hello                                        new number; hello              GREETING
 * GREETING  hello that names our number                  tells connected; hello         OPEN
 * GREETING  other hello                                  hello                          GREETING
 * GREETING  nothing heard for a while                    hello again, ever more seldom  GREETING
 * GREETING  so for 8 times, and not in the view          tells unreachable              IDLE
 * GREETING  closed here, after a hello                   goodbye                        PARTING
 * PARTING   farewell, or a second is over                                               IDLE
 * OPEN      hello of another number or run               tells disconnected             GREETING
 * OPEN      a piece or a number is missing; bad bytes    tells disconnected; goodbye    IDLE
 * OPEN      goodbye                                      tells disconnected; farewell   IDLE
 * OPEN      a second without news of what was sent       tells how much it was          OPEN
 * OPEN      left the view; its socket was closed         asks for a sign of life        OPEN
 * OPEN      15 such questions, 200 ms apart, unanswered  tells disconnected             IDLE
 * OPEN      asked, and nobody listens there any more     tells disconnected             IDLE
 * OPEN      the channel is disconnected                  tells disconnected             IDLE
 * OPEN      closed here                                  tells disconnected; sends on   ENDING
 * ENDING    all has been sent                            goodbye                        ENDING
 * ENDING    farewell, or a second is over                                               IDLE
 * any       packet of another pair of numbers            goodbye to that one            same
 * </pre>
 *
 * <p>So a view that leaves out a peer ends nothing as long as the peer answers, and a peer that is
 * silent although nothing was said of it stays connected: to judge that is the protocol's work, not
 * the engine's. From IDLE, members of the view are greeted again after a pause. On the loop only.
 */
final class Pair {
  private static final long ENDING_NANOS = TimeUnit.SECONDS.toNanos(1);

  private enum State {
    IDLE,
    GREETING,
    OPEN,
    ENDING,
    PARTING
  }

  private final Switchboard board;
  private final Address address;
  private final Timer timer;
  private final Doubt doubt;
  private final Backoff relapse = new Backoff(Greeting.HELLO_MIN_NANOS, Greeting.MEMBER_MAX_NANOS);
  private State state = State.IDLE;
  private boolean member;

  /** Of the connection that there is, or is to be; while idle, of the one before. */
  private Greeting greeting;

  private @Nullable JGroupsConnection connection;
  private boolean goodbyeSent;
  private boolean flushPlanned;

  Pair(Switchboard board, Address address) {
    this.board = board;
    this.address = address;
    this.timer = new Timer(board.loop());
    this.doubt = new Doubt(timer, question -> current().exchange().tell(question, 0), this::gone);
    this.greeting = new Greeting(board.self(), 0, false);
  }

  Address address() {
    return address;
  }

  /** The open connection. */
  @Nullable JGroupsConnection connection() {
    return state == State.OPEN ? connection : null;
  }

  boolean isEnding() {
    return state == State.ENDING || state == State.PARTING;
  }

  // ---- whom to greet

  /** The channel's view has it, or has it no more. */
  void member(boolean inView) {
    if (member == inView) {
      return;
    }
    member = inView;
    if (inView) {
      greet();
    } else if (state == State.OPEN) {
      doubt("left the channel's view");
    } else if (state == State.IDLE) {
      timer.stop();
      board.idle(this);
    }
  }

  /** There is no view any more, and no way to send. */
  void channelEnded(String reason) {
    member = false;
    gone(reason);
  }

  void greet() {
    if (state == State.IDLE) {
      beginGreeting();
      hello();
    }
  }

  private void beginGreeting() {
    state = State.GREETING;
    greeting = new Greeting(board.self(), board.nextSession(), member);
  }

  private void hello() {
    if (!member && greeting.isGivenUp()) {
      notAnswered("does not answer");
      return;
    }
    greeting.unanswered();
    sendHello();
    helloLater();
  }

  private void helloLater() {
    timer.set(greeting.pauseNanos(board.loop().random()), this::hello);
  }

  private void notAnswered(String reason) {
    board.notAnswered(this, reason);
    idle();
  }

  private void sendHello() {
    send(greeting.hello());
  }

  // ---- what the peer says

  void heard(Hello hello) {
    switch (state) {
      case OPEN -> {
        if (greeting.isRepeatedBy(hello)) {
          if (!greeting.isAnsweredBy(hello)) {
            sendHello(); // it has not heard that we are connected
          }
          return;
        }
        if (greeting.isPast(hello)) {
          return; // late
        }
        end("the peer began anew");
        state = State.IDLE;
      }
      case ENDING -> {
        if (greeting.isRepeatedBy(hello) || greeting.isPast(hello)) {
          return;
        }
        state = State.IDLE; // it is past the rest that was still to be sent
      }
      case GREETING -> {
        if (greeting.isPast(hello)) {
          return;
        }
      }
      case PARTING -> {
        return;
      }
      case IDLE -> {}
    }
    if (state == State.IDLE) {
      beginGreeting();
      helloLater();
    }
    greeting.heard(hello);
    sendHello(); // before whatever the listener sends
    if (greeting.isAnsweredBy(hello)) {
      open(hello.who());
    }
  }

  private void open(Identity peer) {
    state = State.OPEN;
    timer.stop();
    doubt.end();
    Exchange exchange = new Exchange(board.medium(), address, greeting.mine(), greeting.theirs());
    JGroupsConnection opened = new JGroupsConnection(this, peer, exchange, board.loop().nanoTime());
    connection = opened;
    board.established(this, opened);
  }

  private boolean matches(long peerSession, long ownSession) {
    return (state == State.OPEN || state == State.ENDING)
        && greeting.matches(peerSession, ownSession);
  }

  void heard(Data data) {
    if (!matches(data.mine(), data.yours())) {
      board.refuse(address, data.mine(), data.yours());
      return;
    }
    JGroupsConnection current = current();
    current.out().taken(data.taken());
    if (state == State.OPEN) {
      String problem =
          current
              .exchange()
              .take(
                  data,
                  frame -> {
                    board.listener().received(current, frame);
                    return !current.ended();
                  });
      if (problem != null) {
        reset(problem);
      } else if (!current.ended()) {
        current.exchange().tellIfDue();
      }
    }
    pump();
  }

  void heard(Status status) {
    if (!matches(status.mine(), status.yours())) {
      board.refuse(address, status.mine(), status.yours());
      return;
    }
    JGroupsConnection current = current();
    current.out().taken(status.taken());
    String problem = state == State.OPEN ? current.exchange().compare(status) : null;
    if (problem != null) {
      reset(problem);
      return;
    }
    if (status.question() != 0) {
      current.exchange().tell(0, status.question());
    }
    doubt.answered(status.answer());
    pump();
  }

  void heard(Goodbye goodbye) {
    send(goodbye.answer());
    if (matches(goodbye.mine(), goodbye.yours())) {
      end("closed by the peer: " + goodbye.reason());
      idle();
    }
  }

  void heard(Farewell farewell) {
    if (isEnding() && greeting.matches(farewell.mine(), farewell.yours())) {
      idle();
    }
  }

  // ---- what JGroups says

  /** Perhaps it is gone; then it does not answer. */
  void doubt(String reason) {
    if (state == State.OPEN) {
      doubt.begin(reason);
    }
  }

  /** Nobody listens any more where it was. */
  void nobodyThere(String reason) {
    if (state == State.GREETING) {
      notAnswered(reason);
    } else if (doubt.exists()) {
      gone(reason);
    } else {
      doubt(reason);
    }
  }

  /** There is no doubt any more. */
  void gone(String reason) {
    end(reason);
    board.medium().forget(address, true);
    idle();
  }

  // ---- the connection

  void flushSoon() {
    if (!flushPlanned) {
      flushPlanned = true;
      board.flushSoon(this);
    }
  }

  /** At the end of the loop's turn: whatever one turn sends goes out in one message. */
  void flush() {
    flushPlanned = false;
    pump();
  }

  /** Sends what may be sent now. */
  void pump() {
    JGroupsConnection current = connection;
    if (current == null || (state != State.OPEN && state != State.ENDING)) {
      return;
    }
    current.exchange().sendPieces();
    if (state == State.ENDING) {
      if (current.out().isEmpty() && !goodbyeSent) {
        sayGoodbye(current);
      }
    } else if (current.out().becameWritable()) {
      board.tellWritable(current);
    }
  }

  /**
   * Every second. What was lost last is followed by nothing that shows it, so the peer is told how
   * much there was; and what it took last it tells when asked.
   */
  void tick() {
    JGroupsConnection current = connection();
    if (current != null && current.out().isStuck()) {
      doubt.ask();
    }
  }

  private void sayGoodbye(JGroupsConnection ended) {
    goodbyeSent = true;
    ended.exchange().sayGoodbye(Objects.requireNonNullElse(ended.endReason(), "closed"));
  }

  /** Ends the connection, after what was sent on it has gone out. */
  void close(String reason) {
    if (state == State.OPEN) {
      end(reason);
      state = State.ENDING;
      goodbyeSent = false;
      timer.set(ENDING_NANOS, this::endingTakesTooLong);
      pump();
    } else if (state == State.GREETING && greeting.theirs() != 0) {
      // The peer may be connected already, and nothing else would tell it.
      state = State.PARTING;
      send(new Goodbye(greeting.mine(), greeting.theirs(), reason));
      timer.set(ENDING_NANOS, this::idle);
    }
  }

  private void endingTakesTooLong() {
    JGroupsConnection ended = current();
    if (!goodbyeSent) {
      sayGoodbye(ended);
    }
    idle();
  }

  /** Ends the connection at once. */
  void reset(String reason) {
    if (state == State.OPEN) {
      end(reason);
      sayGoodbye(current());
      idle();
    }
  }

  private void end(String reason) {
    JGroupsConnection current = connection;
    if (current != null && !current.ended()) {
      current.end(reason);
      doubt.end();
      board.ended(this, current);
    }
  }

  private void idle() {
    JGroupsConnection last = connection;
    state = State.IDLE;
    timer.stop();
    if (last != null) {
      last.out().drop();
    }
    if (member) {
      boolean lasted =
          last != null && board.loop().nanoTime() - last.sinceNanos() > Greeting.HELLO_MAX_NANOS;
      long pause =
          lasted
              ? relapse.afterLoss(board.loop().random())
              : relapse.afterFailure(board.loop().random());
      timer.set(pause, this::greet);
    } else {
      board.idle(this);
    }
  }

  private JGroupsConnection current() {
    return Objects.requireNonNull(connection, "no connection in state OPEN or ENDING");
  }

  private void send(Packet packet) {
    board.medium().send(address, packet.encode());
  }

  @Override
  public String toString() {
    return address + " " + state + " " + greeting;
  }
}
