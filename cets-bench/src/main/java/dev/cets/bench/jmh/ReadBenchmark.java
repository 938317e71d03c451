package dev.cets.bench.jmh;

import dev.cets.CetsNode;
import dev.cets.OrderedSetTable;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.bench.member.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reads as an application makes them, next to the bare maps with the same keys and objects. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {
  private static final int RANGE = 100;

  private final Keys keys = new Keys();
  private final String[] sorted = keys.sorted();
  private final ConcurrentHashMap<String, Item> hashMap = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, Item> skipList = new ConcurrentSkipListMap<>();
  private final CetsNode node = CetsNode.builder("bench").start();
  private final SetTable<String, Item> set =
      node.open(TableSpec.set("set", String.class, Item.class, Item::key));
  private final OrderedSetTable<String, Item> ordered =
      node.open(TableSpec.orderedSet("ordered", String.class, Item.class, Item::key));

  /** Fills all four with the same objects. */
  public ReadBenchmark() {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < Keys.COUNT; i++) {
      items.add(Item.of(i));
    }
    for (Item item : items) {
      hashMap.put(item.key(), item);
      skipList.put(item.key(), item);
    }
    for (int i = 0; i < Keys.COUNT; i += RANGE) {
      set.insertMany(items.subList(i, i + RANGE));
      ordered.insertMany(items.subList(i, i + RANGE));
    }
  }

  /** Ends the node. */
  @TearDown
  public void close() {
    node.close();
  }

  /** Set. */
  @Benchmark
  public @Nullable Item lookup() {
    return set.lookup(keys.next());
  }

  /** Its yardstick. */
  @Benchmark
  public @Nullable Item lookupBare() {
    return hashMap.get(keys.next());
  }

  /** Ordered set. */
  @Benchmark
  public @Nullable Item orderedLookup() {
    return ordered.lookup(keys.next());
  }

  /** Its yardstick. */
  @Benchmark
  public @Nullable Item orderedLookupBare() {
    return skipList.get(keys.next());
  }

  /** A hundred records. */
  @Benchmark
  public int range() {
    int from = keys.nextPlace() % (Keys.COUNT - RANGE);
    return ordered.range(sorted[from], sorted[from + RANGE]).mapToInt(ReadBenchmark::look).sum();
  }

  /** The same by a stream over a part of the bare map. */
  @Benchmark
  public int rangeBare() {
    int from = keys.nextPlace() % (Keys.COUNT - RANGE);
    return skipList.subMap(sorted[from], sorted[from + RANGE]).values().stream()
        .mapToInt(ReadBenchmark::look)
        .sum();
  }

  private static int look(Item item) {
    return item.value()[0] + 1;
  }
}
