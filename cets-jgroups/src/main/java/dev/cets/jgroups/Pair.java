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
  /** So many hellos without an answer, unless the peer is in the view. */
  static final int MAX_HELLOS = 8;

  /**
   * So many questions without an answer, then a peer that is in doubt is gone. Three seconds, since
   * JGroups itself takes more than one to open a connection anew that it closed for a view.
   */
  static final int MAX_QUESTIONS = 15;

  static final long QUESTION_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long HELLO_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long HELLO_MAX_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A member that does not answer may never: it need not run CETS. When it does, it greets. */
  private static final long MEMBER_MAX_NANOS = TimeUnit.SECONDS.toNanos(30);

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
  private final Backoff relapse = new Backoff(HELLO_MIN_NANOS, MEMBER_MAX_NANOS);
  private Backoff hellos = new Backoff(HELLO_MIN_NANOS, HELLO_MAX_NANOS);
  private State state = State.IDLE;
  private boolean member;
  private long mine;
  private long theirs;
  private @Nullable Identity who;
  private @Nullable JGroupsConnection connection;
  private int hellosSent;
  private boolean goodbyeSent;
  private boolean flushPlanned;

  /** Why there is doubt that the peer lives; null: there is none. */
  private @Nullable String doubt;

  private int question;
  private int questionBeforeDoubt;
  private int unanswered;

  /** Timers with another number are void. */
  private int timer;

  Pair(Switchboard board, Address address) {
    this.board = board;
    this.address = address;
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
      timer++;
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
    mine = board.nextSession();
    theirs = 0;
    hellosSent = 0;
    hellos = new Backoff(HELLO_MIN_NANOS, member ? MEMBER_MAX_NANOS : HELLO_MAX_NANOS);
  }

  private void hello() {
    if (!member && hellosSent == MAX_HELLOS) {
      notAnswered("does not answer");
      return;
    }
    hellosSent++;
    sendHello();
    later(hellos.afterFailure(board.loop().random()), this::hello);
  }

  private void notAnswered(String reason) {
    board.notAnswered(this, reason);
    idle();
  }

  private void sendHello() {
    send(new Hello(mine, theirs, board.self()));
  }

  // ---- what the peer says

  void heard(Hello hello) {
    Identity known = who;
    boolean sameRun = known != null && known.engine().equals(hello.who().engine());
    switch (state) {
      case OPEN -> {
        if (sameRun && hello.mine() == theirs) {
          if (hello.yours() != mine) {
            sendHello(); // it has not heard that we are connected
          }
          return;
        }
        if (sameRun && hello.mine() < theirs) {
          return; // late
        }
        end("the peer began anew");
        state = State.IDLE;
      }
      case ENDING -> {
        if (sameRun && hello.mine() <= theirs) {
          return;
        }
        state = State.IDLE; // it is past the rest that was still to be sent
      }
      case GREETING -> {
        if (sameRun && hello.mine() < theirs) {
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
      later(hellos.afterFailure(board.loop().random()), this::hello);
    }
    who = hello.who();
    theirs = hello.mine();
    sendHello(); // before whatever the listener sends
    if (hello.yours() == mine) {
      open(hello.who());
    }
  }

  private void open(Identity peer) {
    state = State.OPEN;
    timer++;
    doubt = null;
    JGroupsConnection opened = new JGroupsConnection(this, peer, board.loop().nanoTime());
    connection = opened;
    board.established(this, opened);
  }

  private boolean matches(long peerSession, long ownSession) {
    return (state == State.OPEN || state == State.ENDING)
        && peerSession == theirs
        && ownSession == mine;
  }

  void heard(Data data) {
    if (!matches(data.mine(), data.yours())) {
      board.refuse(address, data.mine(), data.yours());
      return;
    }
    JGroupsConnection current = current();
    current.out().taken(data.taken());
    if (state == State.OPEN) {
      long missing = data.number() - current.in().pieces() - 1;
      if (missing > 0) {
        reset(missing + " messages were lost");
      } else if (missing == 0) { // otherwise it came before
        take(current, data);
      }
    }
    pump();
  }

  private void take(JGroupsConnection current, Data data) {
    try {
      current
          .in()
          .take(
              data.bytes(),
              frame -> {
                board.listener().received(current, frame);
                return !current.ended();
              });
    } catch (BadPacketException e) {
      reset("a message " + e.getMessage());
      return;
    }
    if (!current.ended() && current.in().isTellingDue()) {
      sendStatus(0, 0);
    }
  }

  void heard(Status status) {
    if (!matches(status.mine(), status.yours())) {
      board.refuse(address, status.mine(), status.yours());
      return;
    }
    JGroupsConnection current = current();
    current.out().taken(status.taken());
    if (state == State.OPEN && status.sent() > current.in().pieces()) {
      reset((status.sent() - current.in().pieces()) + " messages were lost");
      return;
    }
    if (status.question() != 0) {
      sendStatus(0, status.question());
    }
    // An answer to a question of an earlier doubt does not clear this one.
    if (doubt != null && status.answer() > questionBeforeDoubt) {
      doubt = null;
      timer++;
    }
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
    if (isEnding() && farewell.mine() == theirs && farewell.yours() == mine) {
      idle();
    }
  }

  // ---- what JGroups says

  /** Perhaps it is gone; then it does not answer. */
  void doubt(String reason) {
    if (state == State.OPEN && doubt == null) {
      doubt = reason;
      unanswered = 0;
      questionBeforeDoubt = question;
      ask();
    }
  }

  private void ask() {
    if (unanswered == MAX_QUESTIONS) {
      gone(doubt + ", and does not answer");
      return;
    }
    unanswered++;
    question++;
    sendStatus(question, 0);
    later(QUESTION_NANOS, this::ask);
  }

  /** Nobody listens any more where it was. */
  void nobodyThere(String reason) {
    if (state == State.GREETING) {
      notAnswered(reason);
    } else if (doubt == null) {
      doubt(reason);
    } else {
      gone(reason);
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
    Outflow out = current.out();
    while (out.mayCut()) {
      board.medium().send(address, out.cut(mine, theirs, current.in().tell()));
    }
    if (state == State.ENDING) {
      if (out.isEmpty() && !goodbyeSent) {
        sendGoodbye(current);
      }
    } else if (out.becameWritable()) {
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
      question++;
      sendStatus(question, 0);
    }
  }

  private void sendStatus(int asked, int answer) {
    JGroupsConnection current = current();
    send(new Status(mine, theirs, current.out().sentPieces(), current.in().tell(), asked, answer));
  }

  private void sendGoodbye(JGroupsConnection ended) {
    goodbyeSent = true;
    send(new Goodbye(mine, theirs, Objects.requireNonNullElse(ended.endReason(), "closed")));
  }

  /** Ends the connection, after what was sent on it has gone out. */
  void close(String reason) {
    if (state == State.OPEN) {
      end(reason);
      state = State.ENDING;
      goodbyeSent = false;
      later(ENDING_NANOS, this::endingTakesTooLong);
      pump();
    } else if (state == State.GREETING && theirs != 0) {
      // The peer may be connected already, and nothing else would tell it.
      state = State.PARTING;
      send(new Goodbye(mine, theirs, reason));
      later(ENDING_NANOS, this::idle);
    }
  }

  private void endingTakesTooLong() {
    JGroupsConnection ended = current();
    if (!goodbyeSent) {
      sendGoodbye(ended);
    }
    idle();
  }

  /** Ends the connection at once. */
  void reset(String reason) {
    if (state == State.OPEN) {
      end(reason);
      sendGoodbye(current());
      idle();
    }
  }

  private void end(String reason) {
    JGroupsConnection current = connection;
    if (current != null && !current.ended()) {
      current.end(reason);
      doubt = null;
      board.ended(this, current);
    }
  }

  private void idle() {
    JGroupsConnection last = connection;
    state = State.IDLE;
    timer++;
    if (last != null) {
      last.out().drop();
    }
    if (member) {
      boolean lasted =
          last != null && board.loop().nanoTime() - last.sinceNanos() > HELLO_MAX_NANOS;
      long pause =
          lasted
              ? relapse.afterLoss(board.loop().random())
              : relapse.afterFailure(board.loop().random());
      later(pause, this::greet);
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

  private void later(long nanos, Runnable task) {
    int number = ++timer;
    board
        .loop()
        .schedule(
            () -> {
              if (number == timer) {
                task.run();
              }
            },
            nanos);
  }

  @Override
  public String toString() {
    return address + " " + state + " " + (who == null ? "" : who);
  }
}
