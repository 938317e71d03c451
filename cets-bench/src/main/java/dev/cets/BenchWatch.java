package dev.cets;

import dev.cets.table.WriteWatch;
import org.jspecify.annotations.NullMarked;

/** A door for the benchmarks: what a table's node tells of writes. */
@NullMarked
public final class BenchWatch {
  private BenchWatch() {}

  /** Of the node of this table. */
  public static WriteWatch of(Table<?, ?> table) {
    return table.runtime.writeWatch();
  }
}
