package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.spi.EventLoop;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Who is told how the writes of a node's callers end. Nothing is made while nobody is. */
public final class WriteWatch {
  private final String node;
  private final EventLoop loop;
  private final List<WriteWatcher> watchers = new CopyOnWriteArrayList<>();
  private volatile boolean watched;

  /** Of this node, by the time of its loop. */
  public WriteWatch(String node, EventLoop loop) {
    this.node = node;
    this.loop = loop;
  }

  /** One more who is told. */
  public synchronized void add(WriteWatcher watcher) {
    watchers.add(watcher);
    watched = true;
  }

  /** One less. */
  public synchronized void remove(WriteWatcher watcher) {
    watchers.remove(watcher);
    watched = !watchers.isEmpty();
  }

  /** A caller begins a write; null if nobody asks for its end. */
  @Nullable WatchedWrite begin(String table, LocalWrite.Kind kind) {
    boolean recorded = WriteEvent.isRecorded();
    if ((!watched && !recorded) || kind == LocalWrite.Kind.BARRIER) {
      return null;
    }
    return new WatchedWrite(
        table, kind, loop, watchers, recorded ? WriteEvent.begun(node, table) : null);
  }
}
