package dev.cets;

import com.google.common.collect.testing.ConcurrentMapTestSuiteBuilder;
import com.google.common.collect.testing.ConcurrentNavigableMapTestSuiteBuilder;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestMapGenerator;
import com.google.common.collect.testing.TestSortedMapGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.features.MapFeature;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.Function;
import java.util.stream.Stream;
import junit.framework.TestCase;
import junit.framework.TestSuite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/**
 * Tables as maps, by Guava's suites of what maps do: some 34,000 tests. The node has no thread, and
 * all share a table, since most of the time would go into making others and waiting for them.
 */
class TableMapSuitesTest {
  /** What is in the tables. */
  record Item(String key, int value) {}

  private static final Feature<?>[] CLAIMED = {
    MapFeature.GENERAL_PURPOSE, CollectionFeature.SUPPORTS_ITERATOR_REMOVE, CollectionSize.ANY
  };

  private CetsNode node;

  @BeforeEach
  void begin() {
    node = CetsNode.builder("a").transport(new StillTransport()).start();
  }

  @AfterEach
  void end() {
    node.close();
  }

  // ---- by the suites

  @TestFactory
  Stream<DynamicNode> asMap_ofASet_isAConcurrentMap() {
    ConcurrentMap<String, Item> map =
        node.open(TableSpec.set("items", String.class, Item.class, Item::key)).asMap();
    return tests(
        ConcurrentMapTestSuiteBuilder.using(new Maps(entries -> filled(map, entries)))
            .named("set")
            .withFeatures(CLAIMED)
            .createTestSuite());
  }

  @TestFactory
  Stream<DynamicNode> asMap_ofAnOrderedSet_isAConcurrentNavigableMap() {
    ConcurrentNavigableMap<String, Item> map =
        node.open(TableSpec.orderedSet("items", String.class, Item.class, Item::key)).asMap();
    return tests(
        ConcurrentNavigableMapTestSuiteBuilder.using(
                new SortedMaps(entries -> filled(map, entries)))
            .named("ordered set")
            .withFeatures(CLAIMED)
            .withFeatures(CollectionFeature.KNOWN_ORDER)
            .createTestSuite());
  }

  private static <M extends Map<String, Item>> M filled(
      M map, List<Map.Entry<String, Item>> entries) {
    map.clear();
    entries.forEach(entry -> map.put(entry.getKey(), entry.getValue()));
    return map;
  }

  private static Stream<DynamicNode> tests(TestSuite suite) {
    return Collections.list(suite.tests()).stream()
        .flatMap(
            test ->
                test instanceof TestSuite inner
                    ? isOfOneClass(inner)
                        ? tests(inner)
                        : Stream.of(
                            DynamicContainer.dynamicContainer(inner.getName(), tests(inner)))
                    : Stream.of(
                        DynamicTest.dynamicTest(test.toString(), () -> run((TestCase) test))));
  }

  /** The tests' names have the class, too. */
  private static boolean isOfOneClass(TestSuite suite) {
    return suite.testCount() > 0 && suite.testAt(0) instanceof TestCase;
  }

  /** Some put values under keys that are not theirs, which a table refuses: see SkippedTests. */
  private static void run(TestCase test) throws Throwable {
    try {
      test.runBare();
    } catch (IllegalArgumentException e) {
      if (String.valueOf(e.getMessage()).contains("cannot be put under key")) {
        throw new TestAbortedException("not ours: a record under a key that is not its own", e);
      }
      throw e;
    }
  }

  private static class Maps implements TestMapGenerator<String, Item> {
    private final Function<List<Map.Entry<String, Item>>, ? extends Map<String, Item>> maker;

    Maps(Function<List<Map.Entry<String, Item>>, ? extends Map<String, Item>> maker) {
      this.maker = maker;
    }

    private static Map.Entry<String, Item> entry(String key, int value) {
      return Map.entry(key, new Item(key, value));
    }

    @Override
    public SampleElements<Map.Entry<String, Item>> samples() {
      return new SampleElements<>(
          entry("b", 1), entry("c", 2), entry("d", 3), entry("e", 4), entry("f", 5));
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Item> create(Object... elements) {
      return maker.apply(
          Arrays.stream(elements).map(element -> (Map.Entry<String, Item>) element).toList());
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public Map.Entry<String, Item>[] createArray(int length) {
      return new Map.Entry[length];
    }

    @Override
    public String[] createKeyArray(int length) {
      return new String[length];
    }

    @Override
    public Item[] createValueArray(int length) {
      return new Item[length];
    }

    @Override
    public Iterable<Map.Entry<String, Item>> order(List<Map.Entry<String, Item>> insertionOrder) {
      insertionOrder.sort(Map.Entry.comparingByKey());
      return insertionOrder;
    }
  }

  private static final class SortedMaps extends Maps
      implements TestSortedMapGenerator<String, Item> {
    SortedMaps(Function<List<Map.Entry<String, Item>>, ? extends Map<String, Item>> maker) {
      super(maker);
    }

    @Override
    public SortedMap<String, Item> create(Object... elements) {
      return (SortedMap<String, Item>) super.create(elements);
    }

    @Override
    public Map.Entry<String, Item> belowSamplesLesser() {
      return Maps.entry("!", 6);
    }

    @Override
    public Map.Entry<String, Item> belowSamplesGreater() {
      return Maps.entry("a", 7);
    }

    @Override
    public Map.Entry<String, Item> aboveSamplesLesser() {
      return Maps.entry("g", 8);
    }

    @Override
    public Map.Entry<String, Item> aboveSamplesGreater() {
      return Maps.entry("~", 9);
    }
  }
}
