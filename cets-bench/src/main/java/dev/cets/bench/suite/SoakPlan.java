package dev.cets.bench.suite;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * How a soak goes, in nanoseconds.
 *
 * @param total how long there are writes
 * @param sample from one look at all nodes to the next
 * @param shortestPause that a node is stopped
 * @param longestPause as well
 * @param shortestQuiet from one pause to the next; up to twice as long
 */
record SoakPlan(
    long total, long sample, long shortestPause, long longestPause, long shortestQuiet) {
  private static final int SAMPLES = 180;

  /**
   * For half an hour: pauses of 2 to 40 s, so that some are shorter and some longer than the
   * silence limit; a look every 10 s. What is shorter has less of each.
   */
  static SoakPlan of(double minutes) {
    long total = (long) (minutes * TimeUnit.MINUTES.toNanos(1));
    return new SoakPlan(
        total,
        Math.clamp(
            total / SAMPLES, TimeUnit.MILLISECONDS.toNanos(500), TimeUnit.SECONDS.toNanos(30)),
        Math.min(TimeUnit.SECONDS.toNanos(2), total / 20),
        Math.min(TimeUnit.SECONDS.toNanos(40), total / 10),
        Math.min(TimeUnit.SECONDS.toNanos(15), total / 10));
  }

  /** Short ones as often as long ones: even by its logarithm. */
  long pause(RandomGenerator random) {
    double ratio = (double) longestPause / shortestPause;
    return (long) (shortestPause * Math.pow(ratio, random.nextDouble()));
  }

  long quiet(RandomGenerator random) {
    return shortestQuiet + (long) (shortestQuiet * random.nextDouble());
  }
}
