package dev.cets.jdbc;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * A number, and until when no other node can have it. It counts from before the database was told,
 * by the clock of this machine, so it ends before the database's row does.
 *
 * @param number from 1; 0 for none
 * @param untilNanos of a clock that only grows
 */
record Lease(int number, long untilNanos) {
  /** No number. */
  static final Lease NONE = new Lease(0, 0);

  static Lease taken(int number, long askedNanos, Duration expireAfter) {
    return new Lease(number, askedNanos + expireAfter.toNanos());
  }

  OptionalInt number(long nowNanos) {
    return number > 0 && nowNanos - untilNanos < 0 ? OptionalInt.of(number) : OptionalInt.empty();
  }
}
