package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.table.OrderedStore;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An ordered set reads in order, from whichever key, in both directions: as its records say when a
 * list of them is sorted.
 */
final class OrderedReadCheck implements Checker {
  private final Verdict verdict;
  private final Random random;

  /** Chance says where reads begin and end; it is apart from that of the walk. */
  OrderedReadCheck(Verdict verdict, long seed) {
    this.verdict = verdict;
    this.random = new Random(seed);
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    if (node.table() instanceof OpenTable.OfOrderedSet table) {
      verdict.check("an ordered set reads in order", () -> wrong(node, table));
    }
  }

  private @Nullable String wrong(SimulatedNode node, OpenTable.OfOrderedSet table) {
    OrderedStore<String, Row> order = table.order();
    List<Row> read = table.keyed().stream().toList();
    List<Row> sorted =
        read.stream().sorted((a, b) -> TableType.ORDER.compare(a.key(), b.key())).toList();
    if (!read.equals(sorted) || read.size() != table.keyed().size()) {
      return "at " + node.name() + " an iteration sees " + read;
    }
    if (!order.descending().toList().equals(sorted.reversed())) {
      return "at " + node.name() + " descending is no reverse of " + sorted;
    }
    if (sorted.isEmpty()) {
      return order.first() == null && order.last() == null ? null : "an end of nothing";
    }
    int from = random.nextInt(sorted.size());
    int to = from + random.nextInt(sorted.size() - from);
    String key = sorted.get(from).key();
    boolean right =
        sorted.getFirst().equals(order.first())
            && sorted.getLast().equals(order.last())
            && isAt(sorted, from + 1, order.next(key))
            && isAt(sorted, from - 1, order.previous(key))
            && is(sorted.subList(from, sorted.size()), order.from(key))
            && is(sorted.subList(from, to), order.range(key, sorted.get(to).key()));
    return right ? null : "at " + node.name() + " reads from " + key + " on are wrong: " + sorted;
  }

  private static boolean isAt(List<Row> sorted, int index, @Nullable Row read) {
    return (index >= 0 && index < sorted.size()) ? sorted.get(index).equals(read) : read == null;
  }

  private static boolean is(List<Row> expected, Stream<Row> read) {
    return read.toList().equals(expected);
  }
}
