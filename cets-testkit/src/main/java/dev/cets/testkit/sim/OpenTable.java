package dev.cets.testkit.sim;

import dev.cets.table.LocalBag;
import dev.cets.table.LocalTable;
import dev.cets.table.OrderedStore;
import dev.cets.table.TableCalls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of one run of a node. */
sealed interface OpenTable {
  /** What can be asked of tables of all types. */
  TableCalls<String, Row> calls();

  /** What readers see of a key. */
  List<Row> lookup(String key);

  /** The table, if it has one record per key; else null. */
  @Nullable LocalTable<String, Row> keyed();

  /** A set. */
  record OfSet(LocalTable<String, Row> keyed) implements OpenTable {
    @Override
    public TableCalls<String, Row> calls() {
      return keyed;
    }

    @Override
    public List<Row> lookup(String key) {
      return ofNullable(keyed.lookup(key));
    }
  }

  /** An ordered set. */
  record OfOrderedSet(LocalTable<String, Row> keyed, OrderedStore<String, Row> order)
      implements OpenTable {
    @Override
    public TableCalls<String, Row> calls() {
      return keyed;
    }

    @Override
    public List<Row> lookup(String key) {
      return ofNullable(keyed.lookup(key));
    }
  }

  /** A bag. */
  record OfBag(LocalBag<String, Row> calls) implements OpenTable {
    @Override
    public List<Row> lookup(String key) {
      return calls.lookup(key);
    }

    @Override
    public @Nullable LocalTable<String, Row> keyed() {
      return null;
    }
  }

  private static List<Row> ofNullable(@Nullable Row row) {
    return row == null ? List.of() : List.of(row);
  }
}
