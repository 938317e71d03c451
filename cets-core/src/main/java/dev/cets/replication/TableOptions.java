package dev.cets.replication;

import java.time.Duration;

/**
 * What a node decides for itself about a table; others may decide otherwise.
 *
 * @param grace how long the records of a peer stay visible after it went down
 */
public record TableOptions(Duration grace) {
  /** What suits most. */
  public static final TableOptions DEFAULTS = new TableOptions(Duration.ZERO);

  /** Checks the times. */
  public TableOptions {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + "; it must not be negative");
    }
  }
}
