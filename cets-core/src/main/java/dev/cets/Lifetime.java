package dev.cets;

import java.time.Duration;

/** What becomes of records when their owner is down, and after how long. */
record Lifetime(Ownership ownership, Duration grace) {
  static final Lifetime DEFAULT = new Lifetime(Ownership.REMOVE_RECORDS, Duration.ZERO);

  Lifetime {
    if (grace.isNegative()) {
      throw new IllegalArgumentException("the grace is " + grace + "; it must not be negative");
    }
  }

  Lifetime ownership(Ownership other) {
    return new Lifetime(other, grace);
  }

  Lifetime grace(Duration other) {
    return new Lifetime(ownership, other);
  }
}
