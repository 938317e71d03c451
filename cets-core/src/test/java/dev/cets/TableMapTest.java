package dev.cets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is of tables as maps alone; what all maps do is in {@link TableMapSuitesTest}. */
class TableMapTest {
  /** What is in the tables. */
  record Item(String key, int value) {}

  private static final SetSpec<String, Item> ITEMS =
      TableSpec.set("items", String.class, Item.class, Item::key);
  private static final OrderedSetSpec<String, Item> ORDERED_ITEMS =
      TableSpec.orderedSet("ordered-items", String.class, Item.class, Item::key);

  private CetsNode node;
  private int tables;

  @BeforeEach
  void begin() {
    node = CetsNode.builder("a").start();
  }

  @AfterEach
  void end() {
    node.close();
  }

  private SetTable<String, Item> set() {
    return node.open(TableSpec.set("t" + tables++, String.class, Item.class, Item::key));
  }

  private OrderedSetTable<String, Item> orderedSet() {
    return node.open(TableSpec.orderedSet("t" + tables++, String.class, Item.class, Item::key));
  }

  @Test
  void put_recordOfAnotherKey_isRefused() {
    ConcurrentMap<String, Item> map = set().asMap();

    assertThatThrownBy(() -> map.put("a", new Item("b", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a record of key b cannot be put under key a");
    assertThatThrownBy(() -> map.putAll(Map.of("a", new Item("a", 1), "b", new Item("c", 1))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> map.putIfAbsent("a", new Item("b", 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(map).isEmpty();
  }

  @Test
  void put_throughTheMap_isInTheTable() {
    SetTable<String, Item> table = set();
    Map<String, Item> map = table.asMap();
    table.insert(new Item("a", 1));

    assertThat(map.put("a", new Item("a", 2))).isEqualTo(new Item("a", 1));
    assertThat(map.put("b", new Item("b", 3))).isNull();

    assertThat(table.dump()).containsExactlyInAnyOrder(new Item("a", 2), new Item("b", 3));
    assertThat(map.remove("a")).isEqualTo(new Item("a", 2));
    assertThat(table.contains("a")).isFalse();
  }

  @Test
  void conditionalWrites_presentAndAbsent_writeOnlyThen() {
    Map<String, Item> map = set().asMap();

    assertThat(map.putIfAbsent("a", new Item("a", 1))).isNull();
    assertThat(map.putIfAbsent("a", new Item("a", 2))).isEqualTo(new Item("a", 1));
    assertThat(map.replace("a", new Item("a", 9), new Item("a", 3))).isFalse();
    assertThat(map.replace("a", new Item("a", 1), new Item("a", 3))).isTrue();
    assertThat(map.replace("b", new Item("b", 1))).isNull();
    assertThat(map.replace("a", new Item("a", 4))).isEqualTo(new Item("a", 3));
    assertThat(map.remove("a", new Item("a", 3))).isFalse();
    assertThat(map.compute("a", (key, old) -> new Item(key, old == null ? 0 : old.value() + 1)))
        .isEqualTo(new Item("a", 5));
    assertThat(map.merge("a", new Item("a", 10), (x, y) -> new Item("a", x.value() + y.value())))
        .isEqualTo(new Item("a", 15));
    assertThat(map.computeIfAbsent("c", key -> new Item(key, 7))).isEqualTo(new Item("c", 7));
    assertThat(map.remove("a", new Item("a", 15))).isTrue();
    assertThat(map).containsOnlyKeys("c");
  }

  @Test
  void clear_moreThanOneWriteHolds_removesAll() {
    SetTable<String, Item> table = set();
    table.insertMany(IntStream.range(0, 2500).mapToObj(i -> new Item("k" + i, i)).toList());

    table.asMap().clear();

    assertThat(table.size()).isZero();
  }

  @Test
  void subMap_ofAnOrderedSet_isLiveAndCanBeWritten() {
    OrderedSetTable<String, Item> table = orderedSet();
    ConcurrentNavigableMap<String, Item> part = table.asMap().subMap("b", true, "d", false);
    table.insertMany(List.of(new Item("a", 1), new Item("b", 2), new Item("c", 3)));

    assertThat(part).containsOnlyKeys("b", "c");
    part.put("bb", new Item("bb", 4));
    assertThatThrownBy(() -> part.put("d", new Item("d", 5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(part.descendingMap().firstKey()).isEqualTo("c");
    part.clear();

    assertThat(table.dump()).containsExactly(new Item("a", 1));
  }

  /** With the number of records taken beforehand, as collections do, these threw. */
  @Test
  void streams_ofViewsWhileRecordsChange_neverFail() {
    for (SetTable<String, Item> table : List.of(node.open(ITEMS), node.open(ORDERED_ITEMS))) {
      Map<String, Item> map = table.asMap();
      for (Function<Map<String, Item>, Collection<?>> view :
          List.<Function<Map<String, Item>, Collection<?>>>of(
              Map::values, Map::keySet, Map::entrySet)) {
        Collection<?> shown = view.apply(map);
        fill(table);
        assertThat(shown.stream().peek(any -> table.delete("k7")).toList())
            .as("%s, fewer", table.name())
            .hasSizeBetween(9, 10);
        fill(table);
        assertThat(
                shown.stream()
                    .peek(any -> table.insertMany(List.of(new Item("k91", 1), new Item("z", 1))))
                    .toArray())
            .as("%s, more", table.name())
            .hasSizeBetween(10, 12);
      }
    }
  }

  private static void fill(SetTable<String, Item> table) {
    table.asMap().clear();
    table.insertMany(IntStream.range(0, 10).mapToObj(i -> new Item("k" + i, i)).toList());
  }

  @Test
  void spliterators_ofViews_sayWhatTheyAre() {
    ConcurrentMap<String, Item> map = set().asMap();
    map.put("a", new Item("a", 1));
    int always = Spliterator.CONCURRENT | Spliterator.NONNULL;
    assertThat(map.values().spliterator().characteristics()).isEqualTo(always);
    assertThat(map.keySet().spliterator().characteristics())
        .isEqualTo(always | Spliterator.DISTINCT);
    assertThat(map.entrySet().spliterator().characteristics())
        .isEqualTo(always | Spliterator.DISTINCT);

    ConcurrentNavigableMap<String, Item> ordered = orderedSet().asMap();
    for (String key : List.of("b", "c", "a")) {
      ordered.put(key, new Item(key, 1));
    }
    int inOrder = always | Spliterator.ORDERED;
    for (ConcurrentNavigableMap<String, Item> part :
        List.of(ordered, ordered.descendingMap(), ordered.headMap("z"))) {
      assertThat(part.values().spliterator().characteristics()).isEqualTo(inOrder);
      assertThat(part.entrySet().spliterator().characteristics())
          .isEqualTo(inOrder | Spliterator.DISTINCT);
      Spliterator<String> keys = part.navigableKeySet().spliterator();
      assertThat(keys.characteristics())
          .isEqualTo(inOrder | Spliterator.DISTINCT | Spliterator.SORTED);
      assertThat(part.navigableKeySet().stream().sorted(keys.getComparator()).toList())
          .isEqualTo(List.copyOf(part.navigableKeySet()));
    }
  }

  @Test
  void streams_inParallel_showEachRecordOnceAndInOrder() {
    OrderedSetTable<String, Item> table = orderedSet();
    List<Item> items =
        IntStream.range(0, 5000).mapToObj(i -> new Item("%04d".formatted(i), i)).toList();
    table.insertMany(items);

    assertThat(table.asMap().values().parallelStream().toList()).isEqualTo(items);
    assertThat(table.asMap().descendingMap().values().parallelStream().toList())
        .isEqualTo(items.reversed());
    assertThat(table.asMap().keySet().parallelStream().map(String::length).distinct())
        .containsExactly(4);
  }

  @Test
  void reads_ofAClosedTable_fail() {
    OrderedSetTable<String, Item> table = orderedSet();
    ConcurrentNavigableMap<String, Item> map = table.asMap();
    table.close();

    assertThatThrownBy(map::firstEntry).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> map.get("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(map::size).isInstanceOf(IllegalStateException.class);
  }
}
