package dev.cets;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A discovery back end at one moment.
 *
 * @param backEnd what is asked, such as {@code file nodes.txt}
 * @param phase what the next question waits for
 * @param lastAnswer the addresses of the last good answer, as {@code host:port}; they stand while
 *     questions fail
 * @param lastError why the latest question has no answer; null if it has one, or none was asked
 * @param askedAgo how long ago the latest question ended, in an answer or an error; null if none
 *     has
 * @param nextIn how long it is to the next question; null while one runs
 */
public record DiscoveryStatus(
    String backEnd,
    Phase phase,
    List<String> lastAnswer,
    @Nullable String lastError,
    @Nullable Duration askedAgo,
    @Nullable Duration nextIn) {
  /** What a question waits for. */
  public enum Phase {
    /** No peer has been met, and the first minutes are not over. */
    SEARCHING,
    /** The latest question failed. */
    AFTER_ERROR,
    /** A node went down a short time ago. */
    AFTER_NODE_DOWN,
    /** All is quiet. */
    REGULAR
  }
}
