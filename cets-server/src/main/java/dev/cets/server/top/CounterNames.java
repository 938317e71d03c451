package dev.cets.server.top;

/**
 * The counters of {@code /metrics} that become rates; each has the label {@code table}. Reads are
 * not among them: a node does not count what costs less than the counting.
 */
final class CounterNames {
  /** Writes of this node's callers that ended, in whatever way. */
  static final String WRITES = "cets_writes_seconds_count";

  /** Bytes of records that joins and comparisons fetched from other nodes. */
  static final String FETCHED = "cets_table_transferred_bytes_total";

  private CounterNames() {}
}
