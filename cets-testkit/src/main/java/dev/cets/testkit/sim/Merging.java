package dev.cets.testkit.sim;

import dev.cets.replication.Rules;
import dev.cets.table.Resolving;
import java.util.List;

/**
 * The resolver of those walks that have one: of every third set of versions it shows the earliest,
 * of the others a record unlike any that was written, which depends on all of them and their order.
 */
final class Merging {
  private static final long CHOOSES_EVERY = 3;
  private static final long FACTOR = 31;

  private Merging() {}

  static Resolving<String, Row> resolving(Rules rules) {
    return new Resolving<>(
        Merging::resolve,
        Row::key,
        (key, problem) -> {
          throw new IllegalStateException(key + ": " + problem);
        },
        rules);
  }

  static Row resolve(List<Row> rows) {
    long mixed = 0;
    for (Row row : rows) {
      mixed = mixed * FACTOR + row.value();
    }
    return mixed % CHOOSES_EVERY == 0 ? rows.getFirst() : new Row(rows.getFirst().key(), -mixed);
  }
}
