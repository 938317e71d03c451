package dev.cets;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * How a listener is told.
 *
 * @param executor where it is called, which MUST NOT be the calling thread; null: a virtual thread
 *     as long as there is something to tell. If it rejects, it is asked again a second later
 * @param maxEvents how many changes may wait, 1 or more; the next one makes a gap of them
 */
public record ListenerOptions(@Nullable Executor executor, int maxEvents) {
  /** A virtual thread, and 10,000 changes. */
  public static final ListenerOptions DEFAULTS = new ListenerOptions(null, 10_000);

  /** Checks the limit. */
  public ListenerOptions {
    if (maxEvents < 1) {
      throw new IllegalArgumentException("maxEvents is " + maxEvents + "; it must be positive");
    }
  }

  /** The same with another executor. */
  public ListenerOptions executor(Executor other) {
    return new ListenerOptions(other, maxEvents);
  }

  /** The same with another limit. */
  public ListenerOptions maxEvents(int other) {
    return new ListenerOptions(executor, other);
  }
}
