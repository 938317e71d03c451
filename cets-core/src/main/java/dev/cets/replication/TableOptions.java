package dev.cets.replication;

import java.time.Duration;

/**
 * What a node decides for itself about a table; others may decide otherwise.
 *
 * @param grace how long the records of a peer stay visible after it went down
 * @param retention how long hidden records are held whole after that; later by key and version only
 */
public record TableOptions(Duration grace, Duration retention) {
  /** What suits most. */
  public static final TableOptions DEFAULTS =
      new TableOptions(Duration.ZERO, Duration.ofMinutes(10));

  /** Checks the times. */
  public TableOptions {
    notNegative("grace", grace);
    notNegative("retention", retention);
  }

  private static void notNegative(String what, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(
          "the " + what + " is " + value + "; it must not be negative");
    }
  }
}
