package dev.cets.bench.report;

import java.util.List;

/**
 * Whether memory grows: the median of the last third of a run's samples against that of the second
 * third. The first third is for warming up. It grows if it is more than a tenth and the slack
 * larger; of fewer than 9 samples nothing is said.
 *
 * @param before the median of the second third; 0 if nothing is said
 * @param after the median of the last one
 * @param slack how much larger it may be besides the tenth
 */
public record Growth(double before, double after, double slack) {
  private static final int LEAST_SAMPLES = 9;
  private static final double TENTH = 0.1;

  /** Of a figure's samples, in the order of time. */
  static Growth of(List<Long> samples, double slack) {
    int size = samples.size();
    if (size < LEAST_SAMPLES) {
      return new Growth(0, 0, slack);
    }
    return new Growth(
        median(samples.subList(size / 3, size * 2 / 3)),
        median(samples.subList(size * 2 / 3, size)),
        slack);
  }

  private static double median(List<Long> values) {
    long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }

  /** Does it? */
  public boolean grows() {
    return after > before * (1 + TENTH) + slack;
  }
}
