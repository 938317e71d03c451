package dev.cets.netty;

import dev.cets.engine.EngineId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that two engines end up with one connection, whoever dials, and however often.
 *
 * <p>Of two engines the one with the smaller id decides for both. It accepts a connection if it
 * holds none with that peer, and refuses it otherwise; the peer waits for this word. So both always
 * mean the same connection, also when each has dialled the other at the same moment. The peer obeys
 * even if it believes that it has a connection already: the decider knows of that one's end, and
 * the peer will soon.
 *
 * @param <C> a connection
 */
final class Pairing<C> {
  /** What to do with a connection when the peer's hello has come. */
  enum Step {
    /** The peer is this engine itself. */
    SELF,
    ACCEPT,
    REFUSE,
    AWAIT_VERDICT
  }

  private final EngineId own;
  private final Map<EngineId, C> established = new HashMap<>();

  Pairing(EngineId own) {
    this.own = own;
  }

  Step meet(EngineId peer) {
    int order = own.compareTo(peer);
    if (order == 0) {
      return Step.SELF;
    }
    if (order > 0) {
      return Step.AWAIT_VERDICT;
    }
    return established.containsKey(peer) ? Step.REFUSE : Step.ACCEPT;
  }

  @Nullable C with(EngineId peer) {
    return established.get(peer);
  }

  /** The pair's connection is this one. There is no other at this moment. */
  void establish(EngineId peer, C connection) {
    if (established.putIfAbsent(peer, connection) != null) {
      throw new IllegalStateException("a second connection with " + peer);
    }
  }

  void end(EngineId peer, C connection) {
    established.remove(peer, connection);
  }

  Collection<C> all() {
    return List.copyOf(established.values());
  }
}
