package dev.cets.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Says which nodes there may be. Asked again and again, so a back end keeps no connection to
 * anything and watches nothing.
 *
 * <p>A back end MAY be slow and MAY block: it is asked on a thread of its own, never twice at once.
 * It MUST answer with an empty set when there is nobody, and MUST throw when it does not know; the
 * last good answer then stands. It MAY list the asking node itself. It MUST NOT resolve host names.
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
   * The longest time between two questions when all is quiet. A cheap back end whose answer may
   * change at any time says something short.
   */
  default Duration longestInterval() {
    return Duration.ofMinutes(5);
  }
}
