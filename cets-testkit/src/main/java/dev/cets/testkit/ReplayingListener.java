package dev.cets.testkit;

import dev.cets.Change;
import dev.cets.SnapshotListener;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps a copy of the table by nothing but what it is told. */
record ReplayingListener(Set<Session> copy, List<String> wrong, AtomicInteger snapshots)
    implements SnapshotListener<String, Session> {
  @Override
  public void snapshot(List<Session> records) {
    synchronized (copy) {
      snapshots.incrementAndGet();
      copy.clear();
      copy.addAll(records);
    }
  }

  @Override
  public void changed(Change<String, Session> change) {
    synchronized (copy) {
      Session old = change.oldRecord();
      Session now = change.newRecord();
      if ((old != null && !copy.remove(old)) || (now != null && !copy.add(now))) {
        wrong.add("had " + copy + " and is told " + change);
      }
    }
  }
}
