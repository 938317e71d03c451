package dev.cets.replication;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Watches whether the oldest write that waits for acknowledgement is always the same one. */
final class Unacknowledged<K, R> {
  private final Replication node;
  private final String what;
  private final WriteLog<K, R> log;
  private WriteLog.@Nullable Pending<K, R> oldest;

  Unacknowledged(Replication node, String table, WriteLog<K, R> log) {
    this.node = node;
    this.log = log;
    this.what = "acknowledgement of writes of table " + table;
  }

  void tick(long nowNanos) {
    WriteLog.Pending<K, R> head = log.oldestWaiting();
    if (head == oldest) {
      return;
    }
    oldest = head;
    node.tasks().end(this, nowNanos);
    if (head != null) {
      node.tasks().begin(this, what, this::waitsFor, nowNanos);
    }
  }

  private String waitsFor() {
    WriteLog.Pending<K, R> head = log.oldestWaiting();
    if (head == null) {
      return "nobody any more";
    }
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
