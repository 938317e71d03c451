package dev.cets.replication;

import java.io.Serial;

/**
 * A peer told of a time that is too far ahead. Leaving out what it says of that time would leave a
 * hole, and taking it in would push this node's stamps so far that others refuse them: so the
 * connection has to end.
 */
final class ClockSkewException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final long stamp;

  ClockSkewException(long stamp) {
    super("a stamp too far ahead of the clock");
    this.stamp = stamp;
  }

  /** Which. */
  long stamp() {
    return stamp;
  }
}
