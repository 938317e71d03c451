package dev.cets.table;

import java.util.List;

/** How the dump of another node's replica ended. */
public sealed interface Dumped<R> {
  /** All records that its readers saw. */
  record Whole<R>(List<R> records) implements Dumped<R> {}

  /** Not all of them can be had. */
  record Failed<R>(String reason) implements Dumped<R> {}
}
