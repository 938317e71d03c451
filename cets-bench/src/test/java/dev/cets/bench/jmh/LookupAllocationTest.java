package dev.cets.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.cets.CetsNode;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.bench.member.Item;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What JMH shows on average, to the byte: a lookup makes no object. */
class LookupAllocationTest {
  private static final int LOOKUPS = 10_000;

  /** The JVM itself makes some objects on this thread when it loads, compiles or decompiles. */
  private static final int ROUNDS = 5;

  @Test
  void lookup_set_allocatesNothing() {
    try (CetsNode node = CetsNode.builder("n").start()) {
      assertThat(allocatedBytes(node.open(TableSpec.set("t", String.class, Item.class, Item::key))))
          .isZero();
    }
  }

  @Test
  void lookup_orderedSet_allocatesNothing() {
    try (CetsNode node = CetsNode.builder("n").start()) {
      assertThat(
              allocatedBytes(
                  node.open(TableSpec.orderedSet("t", String.class, Item.class, Item::key))))
          .isZero();
    }
  }

  private static long allocatedBytes(SetTable<String, Item> table) {
    Keys keys = new Keys();
    for (int i = 0; i < LOOKUPS; i++) {
      table.insert(new Item(keys.next(), new byte[1]));
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      Keys again = new Keys();
      long before = threads.getCurrentThreadAllocatedBytes();
      int found = look(table, again);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(found).isEqualTo(LOOKUPS);
    }
    return least;
  }

  private static int look(SetTable<String, Item> table, Keys keys) {
    int found = 0;
    for (int i = 0; i < LOOKUPS; i++) {
      if (table.lookup(keys.next()) != null) {
        found++;
      }
    }
    return found;
  }
}
