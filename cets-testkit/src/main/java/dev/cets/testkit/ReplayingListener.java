package dev.cets.testkit;

import dev.cets.Change;
import dev.cets.SnapshotListener;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a copy of the table by nothing but what it is told. */
record ReplayingListener(Map<String, Session> copy, List<String> wrong, AtomicInteger snapshots)
    implements SnapshotListener<String, Session> {
  @Override
  public void snapshot(List<Session> records) {
    synchronized (copy) {
      snapshots.incrementAndGet();
      copy.clear();
      records.forEach(record -> copy.put(record.id(), record));
    }
  }

  @Override
  public void changed(Change<String, Session> change) {
    synchronized (copy) {
      Session now = change.newRecord();
      Session had = now == null ? copy.remove(change.key()) : copy.put(change.key(), now);
      if (had == null ? change.oldRecord() != null : !had.equals(change.oldRecord())) {
        wrong.add("had " + had + " and is told " + change);
      }
    }
  }
}
