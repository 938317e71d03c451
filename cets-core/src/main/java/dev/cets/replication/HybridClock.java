package dev.cets.replication;

import java.time.Duration;

/**
 * Gives stamps: 48 bits of milliseconds and 16 of a counter, always later than all that it has
 * given or been shown (Kulkarni and others, Logical Physical Clocks, 2014).
 */
final class HybridClock {
  /** No stamp and no start is later than this, which is far away; it leaves room to count on. */
  static final long LATEST = 1L << 62;

  private static final int COUNTER_BITS = 16;

  /**
   * Stamps stay ahead when wall clocks are set back, and over a chain of peers, each of which is
   * ahead of the one before. A day more than the allowed skew bears that, and nobody can push a
   * clock to its end with it.
   */
  private static final long MARGIN_MILLIS = 24L * 60 * 60 * 1000;

  private long last;
  private long wallMillis;

  /** What the wall clock shows now; it may jump. */
  void wall(long millis) {
    wallMillis = millis;
  }

  long wall() {
    return wallMillis;
  }

  /** No stamp later than this is believed. */
  long latestBelieved(Duration maxSkew) {
    return (wallMillis + maxSkew.toMillis() + MARGIN_MILLIS) << COUNTER_BITS;
  }

  /** How far a stamp is ahead of the wall clock. */
  long millisAhead(long stamp) {
    return (stamp >> COUNTER_BITS) - wallMillis;
  }

  long next() {
    last = Math.max(last + 1, wallMillis << COUNTER_BITS);
    return last;
  }

  void shown(long stamp) {
    last = Math.max(last, Math.min(stamp, LATEST));
  }

  /** The milliseconds of a stamp. */
  static long millis(long stamp) {
    return stamp >> COUNTER_BITS;
  }

  /** A start of an incarnation: later than another, and with bits that make it unlike any other. */
  static long start(long wallMillis, long chance, long beyond) {
    long start = (wallMillis << COUNTER_BITS) | (chance & ((1 << COUNTER_BITS) - 1));
    return start > beyond ? start : Math.min(beyond, LATEST) + 1 + (chance & 0xff);
  }
}
