package dev.cets.testkit;

import dev.cets.Change;
import dev.cets.SnapshotListener;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what it is told. */
final class ListenerRecorder<K, R> implements SnapshotListener<K, R> {
  private final List<String> told = new ArrayList<>();
  private final List<Change<K, R>> changes = new ArrayList<>();
  private @Nullable Runnable during;

  /** Run in each call, after it was written down. */
  synchronized void during(Runnable action) {
    during = action;
  }

  /** The changes, and the other calls as text. */
  synchronized List<String> told() {
    return List.copyOf(told);
  }

  synchronized List<Change<K, R>> changes() {
    return List.copyOf(changes);
  }

  @Override
  public void changed(Change<K, R> change) {
    synchronized (this) {
      changes.add(change);
    }
    told(change.kind() + " " + change.key() + " " + change.cause());
  }

  @Override
  public void snapshot(List<R> records) {
    told("snapshot " + records.stream().map(Object::toString).sorted().toList());
  }

  @Override
  public void gap() {
    told("gap");
  }

  @Override
  public void closed() {
    told("closed");
  }

  private void told(String what) {
    Runnable action;
    synchronized (this) {
      told.add(what);
      action = during;
    }
    if (action != null) {
      action.run();
    }
  }
}
