package dev.cets.examples.chat;

import dev.cets.NotAppliedException;
import dev.cets.SetTable;
import dev.cets.UnknownOutcomeException;
import dev.cets.examples.chat.Tables.Session;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has which name. A name belongs to one session as long as that is there, on whichever node;
 * its token lets the same person go on at another node.
 */
final class Logins {
  private static final Logger log = LoggerFactory.getLogger(Logins.class);

  private final String node;
  private final SetTable<String, Session> sessions;
  private final Tokens tokens;
  private final InstantSource clock;

  Logins(String node, SetTable<String, Session> sessions, Tokens tokens, InstantSource clock) {
    this.node = node;
    this.sessions = sessions;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Blocks, until every joined node knows of the session.
   *
   * @param token of an earlier session; one that is not good, or no more, does not count
   */
  Session enter(String name, String room, @Nullable String token) throws Refusal {
    String id = token == null ? null : tokens.verify(token, name);
    Session session =
        new Session(
            name, id == null ? UUID.randomUUID().toString() : id, room, node, clock.instant());
    boolean entered;
    try {
      // What a dead node had is hidden, so it is in nobody's way.
      Optional<Session> standing = sessions.insertNewOrLookup(session);
      entered = standing.isEmpty() || isTakenOver(standing.get(), session);
    } catch (NotAppliedException e) {
      throw new Refusal("Other nodes do not answer at the moment; please try again.");
    } catch (UnknownOutcomeException e) {
      leave(session);
      throw new Refusal("Other nodes have not answered in time; please try again.");
    }
    if (!entered) {
      throw new Refusal(
          "The name '%s' is taken at the moment; please choose another one.".formatted(name));
    }
    return session;
  }

  /** The same person, who comes back before the old session has gone. */
  private boolean isTakenOver(Session standing, Session session) {
    return standing.id().equals(session.id()) && sessions.replace(standing, session);
  }

  /** Removes this very session: what has taken its name over meanwhile stays. Does not wait. */
  void leave(Session session) {
    var unused =
        sessions
            .deleteObjectAsync(session)
            .whenComplete(
                (receipt, e) -> {
                  if (e != null) {
                    // Such as when this node ends, and all its sessions with it.
                    log.info("{} has left, not everywhere yet: {}", session.name(), e.getMessage());
                  }
                });
  }
}
