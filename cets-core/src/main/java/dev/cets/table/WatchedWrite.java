package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.replication.Outcome;
import dev.cets.spi.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A write of whose end somebody wants to know. */
final class WatchedWrite {
  private final String table;
  private final LocalWrite.Kind kind;
  private final EventLoop loop;
  private final List<WriteWatcher> watchers;
  private final @Nullable WriteEvent recorded;
  private final long begunNanos;

  WatchedWrite(
      String table,
      LocalWrite.Kind kind,
      EventLoop loop,
      List<WriteWatcher> watchers,
      @Nullable WriteEvent recorded) {
    this.table = table;
    this.kind = kind;
    this.loop = loop;
    this.watchers = watchers;
    this.recorded = recorded;
    this.begunNanos = loop.nanoTime();
  }

  void ended(Outcome outcome) {
    if (recorded != null) {
      recorded.ended(kind, outcome);
    }
    long nanos = loop.nanoTime() - begunNanos;
    for (WriteWatcher watcher : watchers) {
      watcher.ended(table, kind, outcome, nanos);
    }
  }
}
