package dev.cets.spi;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which nodes there may be. A node asks again and again, so a back end only looks: it needs no
 * thread, and watches nothing.
 *
 * <p>A back end MUST
 *
 * <ul>
 *   <li>answer with every node that it knows of, as of now; with an empty set if there is nobody;
 *   <li>throw an {@link IOException} when it does not know, never answer with an empty set instead:
 *       the last good answer then stands, and the question is asked again soon;
 *   <li>say in the exception's message, in one sentence, what could not be read and why; it is
 *       shown in the status and logged when it changes;
 *   <li>end each question by itself, within half a minute: nobody interrupts it;
 *   <li>be ready for questions from changing threads. They never come two at a time.
 * </ul>
 *
 * <p>It MAY be slow and MAY block: no write, read or connection waits for it. It MAY list the
 * asking node itself, nodes that do not run, and host names that do not resolve.
 *
 * <p>It MUST NOT
 *
 * <ul>
 *   <li>answer with more than {@link #MAX_ADDRESSES} addresses;
 *   <li>resolve the host names that it was given, or try who answers: the transport does both;
 *   <li>remember an answer for the next question, since who asks twice wants to know what changed;
 *   <li>change a set that it has answered with.
 * </ul>
 *
 * <p>A back end that puts the asking node on record learns who that is by {@link #started}, and
 * that it leaves by {@link #stopped}.
 *
 * <p>What breaks this breaks nothing else: an unchecked exception, a null or an answer that never
 * comes is a failed question of this back end, and the others are used. {@code DiscoveryContract}
 * of the test kit checks these points over any back end. One of your own is a method:
 *
 * <pre>{@code
 * record Registry(HttpClient client, URI uri) implements Discovery {
 *   public Set<NodeAddress> discover() throws IOException {
 *     return read(client, uri).lines().map(NodeAddress::parse).collect(Collectors.toSet());
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Discovery {
  /** How many addresses an answer may have; tables are replicated to every node, so few do. */
  int MAX_ADDRESSES = 1_000;

  /**
   * The addresses of the nodes, as of now. May block.
   *
   * @throws IOException if they cannot be known now; the message is shown in the status
   */
  Set<NodeAddress> discover() throws IOException;

  /** What is asked, for logs and status, such as {@code file nodes.txt}. Always the same. */
  default String description() {
    String name = getClass().getSimpleName();
    return getClass().isHidden() || name.isEmpty() ? "your own back end" : name;
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
   * The longest time between two questions when all is quiet, more than zero. A cheap back end
   * whose answer may change at any time says something short. Always the same.
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
