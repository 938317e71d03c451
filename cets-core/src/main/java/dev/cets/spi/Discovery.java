package dev.cets.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which nodes there may be. Asked again and again, so a back end keeps no connection to
 * anything and watches nothing.
 *
 * <p>A back end MAY be slow and MAY block: it is asked on a thread of its own, never twice at once.
 * It MUST answer with an empty set when there is nobody, and MUST throw when it does not know; the
 * last good answer then stands. It MAY list the asking node itself. It MUST NOT resolve host names.
 *
 * <p>A back end that puts the asking node on record learns who that is by {@link #started}, and
 * that it leaves by {@link #stopped}.
 */
@FunctionalInterface
public interface Discovery {
  /**
   * The addresses of the nodes, as of now.
   *
   * @throws IOException if they cannot be known now; the message is shown in the status
   */
  Set<NodeAddress> discover() throws IOException;

  /** What is asked, for logs and status, such as {@code file nodes.txt}. */
  default String description() {
    return getClass().getSimpleName();
  }

  /**
   * Who is going to ask: told once, before the first question, on the thread that starts the node.
   * MUST NOT block. A back end that cannot serve this node, such as one that serves another
   * already, throws an unchecked exception; the node then does not start.
   */
  default void started(Self self) {}

  /**
   * The node leaves: told once, after its last question, while its address is still its own. MAY
   * block; the node waits for three seconds at most. Not told when the process dies, or when a
   * newer run has replaced the node.
   *
   * @throws IOException if it could not be put on record; the message is logged
   */
  default void stopped() throws IOException {}

  /**
   * A number from 1 that this back end has given to the node and to no other of the cluster; absent
   * until it has, and always if it gives none. MUST NOT block; asked from any thread.
   */
  default OptionalInt number() {
    return OptionalInt.empty();
  }

  /**
   * The longest time between two questions when all is quiet. A cheap back end whose answer may
   * change at any time says something short.
   */
  default Duration longestInterval() {
    return Duration.ofMinutes(5);
  }

  /**
   * The node that asks.
   *
   * @param name unlike that of every other node of the cluster, and the same after a restart
   * @param cluster whose nodes it looks for
   * @param wireVersion what it speaks; nodes that speak another refuse it
   * @param address where others reach it; null for a cluster of one, which nobody can
   */
  record Self(String name, String cluster, int wireVersion, @Nullable NodeAddress address) {}
}
