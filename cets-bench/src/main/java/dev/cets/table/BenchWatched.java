package dev.cets.table;

import dev.cets.replication.LocalWrite;
import dev.cets.replication.Outcome;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** A door for the benchmarks: what is added to a write that somebody watches, and nothing else. */
@NullMarked
public final class BenchWatched {
  private BenchWatched() {}

  /** An insert begins and ends; what was made for it, or null. */
  public static @Nullable Object insert(WriteWatch watch, String table, Outcome outcome) {
    WatchedWrite watched = watch.begin(table, LocalWrite.Kind.INSERT);
    if (watched != null) {
      watched.ended(outcome);
    }
    return watched;
  }
}
