package dev.cets.engine;

import java.util.random.RandomGenerator;

/** How long to wait before the next dial: doubling, with jitter, up to a limit. */
public final class Backoff {
  private final long minNanos;
  private final long maxNanos;
  private long nextNanos;

  /** From {@code minNanos} up to {@code maxNanos}. */
  public Backoff(long minNanos, long maxNanos) {
    this.minNanos = minNanos;
    this.maxNanos = maxNanos;
    this.nextNanos = minNanos;
  }

  /** The delay after a failure: half of it fixed, half of it chance. */
  public long afterFailure(RandomGenerator random) {
    long base = nextNanos;
    nextNanos = base > maxNanos / 2 ? maxNanos : 2 * base;
    return base / 2 + random.nextLong(base / 2 + 1);
  }

  /**
   * The delay after the loss of a connection that had lasted: nearly none, as most of such losses
   * are passing. A little chance lets one of the two ends be first.
   */
  public long afterLoss(RandomGenerator random) {
    nextNanos = minNanos;
    return random.nextLong(minNanos / 4 + 1);
  }
}
