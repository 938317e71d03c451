package dev.cets.bench.report;

import java.util.Arrays;
import java.util.Locale;

/** What is measured, under the name that stands in the document. */
public enum Metric {
  RAW_ROUNDTRIP("ops/s", "one thread, blocking sockets, to two peers and back: the ceiling"),
  INSERT_SYNC_1("ops/s", "one caller, each insert waited for"),
  INSERT_SYNC_64("ops/s", "64 callers, each insert waited for"),
  INSERT_ASYNC_1("ops/s", "one caller that does not wait, to the last answer"),
  INSERT_MANY_100("records/s", "one caller, 100 records in a call, each call waited for"),
  INSERT_NEW_LOCAL_LEADER("ops/s", "one caller, a new key each, decided on the caller's node"),
  INSERT_NEW_REMOTE_LEADER("ops/s", "the same, decided on another node"),
  INSERT_SERIAL_8_NODES_SAME_KEY(
      "ops/s", "8 nodes in one process write one key, serialised, all of them together"),
  GET_SET("ops/s", "one thread, 100,000 keys"),
  GET_ORDERED("ops/s", "one thread, 100,000 keys, ordered set"),
  RANGE_100("ops/s", "ranges of 100 records, each looked at, ordered set"),
  JOIN_1M_SECONDS("s", "a third node opens the table, until it holds 1,000,000 records"),
  JOIN_1M_BYTES("bytes", "written by all three processes during that"),
  JOIN_1M_INSERT_P999_MS(
      "ms", "inserts at a serving node, 200 a second, during that: 99.9 % are faster"),
  REJOIN_1PCT_BYTES("bytes", "as join, of a node that was away while 1 % was written"),
  REJOIN_1PCT_SECONDS("s", "as join, of a node that was away while 1 % was written"),
  HEAP_BYTES_PER_RECORD("bytes", "live heap of the node that joined, by records"),
  HIDE_100K_OF_1M_MS("ms", "a node is killed, until its 100,000 of 1,000,000 records are gone"),
  CPU_US_PER_INSERT("us", "processor time of all processes for one synchronous insert, 3 nodes"),
  CPU_US_PER_INSERT_5_NODES("us", "the same with 5 nodes"),
  CPU_US_PER_INSERT_7_NODES("us", "the same with 7 nodes");

  private final String unit;
  private final String what;

  Metric(String unit, String what) {
    this.unit = unit;
    this.what = what;
  }

  /** The name in the document. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** In what it is told. */
  public String unit() {
    return unit;
  }

  /** What it is. */
  public String what() {
    return what;
  }

  /** Is more better? */
  public boolean isRate() {
    return unit.endsWith("/s");
  }

  /**
   * The metric of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Metric of(String id) {
    return Arrays.stream(values())
        .filter(metric -> metric.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric is called '" + id + "'"));
  }
}
