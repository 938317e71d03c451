package dev.cets.testkit.sim;

import dev.cets.replication.Cause;
import dev.cets.table.ChangeSubscriber;
import dev.cets.table.Delivery;
import dev.cets.table.TableCalls;
import dev.cets.testkit.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a copy of one node's table by nothing but what its listeners are told. Whenever a listener
 * has been told everything, its copy is what readers see, and each change begins with the record
 * that the copy has.
 */
final class ChangeReplay {
  private static final int PLENTY = 1_000_000;
  private static final int FEW = 3;
  private static final Duration SLOW = Duration.ofMillis(300);

  private static final int CHECKS_PER_SUBSCRIBER = 20;

  private final SimulatedNetwork network;
  private final TableCalls<String, Row> table;
  private final Function<Row, Object> nameOf;
  private final Random random;
  private final Executor slowly;
  private final List<Copy> copies = new ArrayList<>();

  /**
   * For a table that is still empty.
   *
   * @param nameOf what there is one record of at most: its key, or in a bag the record itself
   */
  ChangeReplay(
      SimulatedNetwork network,
      TableCalls<String, Row> table,
      Function<Row, Object> nameOf,
      long seed) {
    this.network = network;
    this.table = table;
    this.nameOf = nameOf;
    this.random = new Random(seed);
    this.slowly =
        task ->
            network.after(Duration.ofNanos((long) (random.nextDouble() * SLOW.toNanos())), task);
    Executor atOnce = task -> network.after(Duration.ZERO, task);
    copies.add(new Copy("a listener", told -> table.changes().listen(told, atOnce, PLENTY)));
    copies.add(new Copy("a slow listener", told -> table.changes().listen(told, slowly, FEW)));
    copies.add(subscriber());
  }

  private Copy subscriber() {
    return new Copy("a slow subscriber", told -> table.changes().subscribe(told, slowly, FEW));
  }

  /** What is wrong, or null. Now and then somebody else subscribes, in the middle of it all. */
  @Nullable String violation(boolean atRest) {
    Map<Object, Row> seen = null;
    for (Copy copy : copies) {
      if (copy.wrong != null) {
        return copy.wrong;
      }
      if (atRest && !copy.delivery.isIdle() && copy.isOld()) {
        return copy.name + " has not been told everything, though nothing happens";
      }
      if (copy.delivery.isIdle()) {
        seen = seen == null ? read() : seen;
        if (!seen.equals(copy.records)) {
          return copy.name + " was told " + copy.records + " and readers see " + seen;
        }
      }
    }
    if (!atRest && random.nextInt(CHECKS_PER_SUBSCRIBER) == 0) {
      copies.removeLast().delivery.close();
      copies.add(subscriber());
    }
    return null;
  }

  private Map<Object, Row> read() {
    return byName(table.stream().toList());
  }

  private Map<Object, Row> byName(List<Row> rows) {
    Map<Object, Row> byName = HashMap.newHashMap(rows.size());
    rows.forEach(row -> byName.put(nameOf.apply(row), row));
    return byName;
  }

  private final class Copy implements ChangeSubscriber<String, Row> {
    private final String name;
    private final Delivery<String, Row> delivery;
    private Map<Object, Row> records = new HashMap<>();

    /** It read the table, and may yet be told of changes that it has read. */
    private boolean ahead;

    private @Nullable String wrong;

    private final long sinceNanos = network.now();

    Copy(String name, Function<ChangeSubscriber<String, Row>, Delivery<String, Row>> begin) {
      this.name = name;
      this.delivery = begin.apply(this);
    }

    /** One that came in the last moment may not have been told everything yet. */
    boolean isOld() {
      return network.now() - sinceNanos > SLOW.toNanos();
    }

    @Override
    public void changed(String key, @Nullable Row before, @Nullable Row after, Cause cause) {
      Row named = after == null ? Objects.requireNonNull(before) : after;
      Object name = nameOf.apply(named);
      Row had = after == null ? records.remove(name) : records.put(name, after);
      if (!ahead && !Objects.equals(had, before)) {
        wrong = name + " had " + had + " and is told that " + before + " became " + after;
      }
    }

    @Override
    public void snapshot(List<Row> rows) {
      records = byName(rows);
      ahead = false;
    }

    @Override
    public void gap() {
      records = read();
      ahead = true;
    }

    @Override
    public void closed() {}

    @Override
    public void failed(Throwable thrown) {
      wrong = name + " failed: " + thrown;
    }
  }
}
