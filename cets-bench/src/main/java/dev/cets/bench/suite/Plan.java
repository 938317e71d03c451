package dev.cets.bench.suite;

import dev.cets.bench.report.Metric;
import java.util.EnumSet;
import java.util.Set;

/**
 * How much is done.
 *
 * @param metrics what is measured
 * @param coldMillis each system does the first of its work for so long before it counts
 * @param warmUpMillis and each further kind of work for so long
 * @param roundMillis a round
 * @param rounds how many, the systems in turn
 * @param joins how many times a node joins
 * @param records how many a join is about
 */
public record Plan(
    Set<Metric> metrics,
    int coldMillis,
    int warmUpMillis,
    int roundMillis,
    int rounds,
    int joins,
    int records) {
  private static final int MILLION = 1_000_000;

  /** All, within 25 minutes. */
  public static Plan full() {
    return new Plan(EnumSet.allOf(Metric.class), 10_000, 5_000, 2_000, 5, 3, MILLION);
  }

  /** The most telling ones, within 3 minutes. */
  public static Plan quick() {
    return new Plan(
        EnumSet.of(
            Metric.RAW_ROUNDTRIP,
            Metric.INSERT_SYNC_1,
            Metric.INSERT_SYNC_64,
            Metric.INSERT_MANY_100,
            Metric.JOIN_1M_SECONDS,
            Metric.JOIN_1M_BYTES,
            Metric.HEAP_BYTES_PER_RECORD),
        6_000,
        1_500,
        800,
        3,
        1,
        MILLION);
  }

  /** The same with these metrics only. */
  public Plan only(Set<Metric> wanted) {
    return new Plan(wanted, coldMillis, warmUpMillis, roundMillis, rounds, joins, records);
  }

  /** The same, so small that its figures mean nothing; shows that everything works. */
  public Plan small(int fewRecords, int millis) {
    return new Plan(metrics, millis, millis, millis, 2, 1, fewRecords);
  }

  /** What is left out. */
  public Set<Metric> leftOut() {
    EnumSet<Metric> rest = EnumSet.allOf(Metric.class);
    rest.removeAll(metrics);
    return rest;
  }

  boolean wants(Metric metric) {
    return metrics.contains(metric);
  }

  /** So many per cent of the records. */
  int percent(int percent) {
    return records / 100 * percent;
  }
}
