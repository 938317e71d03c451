package dev.cets.bench.report;

import java.util.Map;

/** Documents of runs that never were. */
public final class SampleDocument {
  private SampleDocument() {}

  private static Results results() {
    Results results = new Results();
    results.add("cets", Metric.INSERT_SYNC_1, 8_000);
    results.add("cets", Metric.INSERT_SYNC_1, 10_000);
    results.add("cets", Metric.INSERT_SYNC_1, 9_000);
    results.add("hazelcast", Metric.INSERT_SYNC_1, 3_000);
    results.add("jgroups", Metric.INSERT_SYNC_1, 4_500);
    results.add("cets", Metric.JOIN_1M_SECONDS, 1.5);
    results.add("hazelcast", Metric.JOIN_1M_SECONDS, 6);
    results.add("jgroups", Metric.JOIN_1M_SECONDS, 3);
    results.add("cets", Metric.RANGE_100, 70_000);
    results.notOffered("jgroups", Metric.RANGE_100, "no order of keys");
    results.add("raw", Metric.RAW_ROUNDTRIP, 12_000);
    return results;
  }

  private static Setting setting() {
    return new Setting(
        "./cets bench --peers",
        "2026-01-31",
        2,
        24,
        "Linux amd64",
        "25",
        "-Xmx1g",
        Map.of("cets", "0.1.0", "jgroups", "5.5"),
        170);
  }

  /** Nothing went wrong. */
  public static Document whole() {
    return results().document(setting());
  }

  /** Something did. */
  public static Document failed() {
    Results results = results();
    results.failed("hazelcast", Metric.INSERT_SYNC_64, "hazelcast has not answered for 180 s");
    return results.document(setting());
  }
}
