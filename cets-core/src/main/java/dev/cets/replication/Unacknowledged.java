package dev.cets.replication;

import java.util.TreeSet;

/** Watches whether the oldest write that waits for acknowledgement is always the same one. */
final class Unacknowledged<K, R> {
  private static final long NONE = -1;

  private final Replication node;
  private final String what;
  private final WriteLog<K, R> log;
  private long oldest = NONE;

  Unacknowledged(Replication node, String table, WriteLog<K, R> log) {
    this.node = node;
    this.log = log;
    this.what = "acknowledgement of writes of table " + table;
  }

  void tick(long nowNanos) {
    long head = log.size() == 0 ? NONE : log.first();
    if (head == oldest) {
      return;
    }
    oldest = head;
    node.tasks().end(this, nowNanos);
    if (head != NONE) {
      node.tasks().begin(this, what, this::waitsFor, nowNanos);
    }
  }

  private String waitsFor() {
    if (log.size() == 0) {
      return "nobody any more";
    }
    WriteLog.Pending<K, R> head = log.get(log.first());
    return String.join(", ", new TreeSet<>(head.waits.missing(head.stamp)))
        + ", for "
        + log.size()
        + " writes of "
        + log.bytes()
        + " bytes";
  }

  void close() {
    node.tasks().drop(this);
  }
}
