package dev.cets.examples.chat;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.examples.chat.Audience.Recipient;
import dev.cets.examples.chat.Message.Welcome;
import dev.cets.examples.chat.Tables.Line;
import dev.cets.examples.chat.Tables.Server;
import dev.cets.examples.chat.Tables.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat of one node. What people do goes into the tables here; what they are told comes out of
 * the tables, see {@link Audience}. It has no threads of its own, and knows nothing of the web.
 */
final class Chat {
  private static final Logger log = LoggerFactory.getLogger(Chat.class);

  private final String node;
  private final Tables tables;
  private final Tokens tokens;
  private final Audience audience;
  private final Rooms rooms;
  private final Logins logins;
  private final InstantSource clock;

  /** Opens the tables. They are full when the node is ready. */
  Chat(CetsNode node, InstantSource clock) {
    this.node = node.name();
    this.clock = clock;
    tables = Tables.open(node);
    tokens = new Tokens(tables.secrets(), clock);
    audience = new Audience(tables);
    rooms = new Rooms(this.node, tables, audience, clock);
    logins = new Logins(this.node, tables.sessions(), tokens, clock);
  }

  /** Agrees with the other nodes on a secret: to be called once, when the node is ready. Blocks. */
  void agree() {
    tokens.agree();
  }

  /** Tells everybody where browsers find this node. Blocks. */
  void announce(String url) {
    tables.servers().insert(new Server(node, url));
  }

  /**
   * Brings somebody into a room; the recipient is told all that goes on there until they leave.
   * Blocks.
   */
  Session enter(String name, String room, @Nullable String token, Recipient recipient)
      throws Refusal {
    Session session = logins.enter(name, room, token);
    recipient.accept(new Welcome(name, room, node, tokens.sign(session.id(), name)));
    audience.join(session, recipient);
    try {
      rooms.claim(room);
    } catch (CetsException e) {
      log.info("room {} has no home yet: {}", room, e.getMessage());
    }
    return session;
  }

  /** Says something in the room: every node's people are told by their own node. Blocks. */
  void say(Session session, String text) {
    tables
        .lines()
        .insert(new Line(session.room(), now(session.room()), session.id(), session.name(), text));
  }

  /** The time, and never before a line that is seen here: clocks of nodes differ a little. */
  private Instant now(String room) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Line last = tables.lines().previous(Rooms.end(room));
    return last == null || !last.room().equals(room) || now.isAfter(last.at())
        ? now
        : last.at().plus(1, ChronoUnit.MICROS);
  }

  /** Does not wait. */
  void leave(Session session) {
    audience.leave(session);
    logins.leave(session);
  }

  /** Looks after the rooms; to be called each second. Blocks. */
  void look() {
    rooms.look();
  }
}
