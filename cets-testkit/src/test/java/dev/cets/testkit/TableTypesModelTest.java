package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.BagTable;
import dev.cets.OrderedSetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on any of three joined nodes, against collections that everybody knows. */
class TableTypesModelTest {
  private static final int STEPS = 400;
  private static final int KEYS = 12;
  private static final List<String> NODES = List.of("a", "b", "c");

  private final SimulatedCluster cluster = new SimulatedCluster(5);

  @AfterEach
  void end() {
    cluster.close();
  }

  private static String key(Random random) {
    return Character.toString('a' + random.nextInt(KEYS));
  }

  private static Session record(Random random) {
    return new Session(key(random), "u" + random.nextInt(3));
  }

  private static <T> List<T> several(Random random, Function<Random, T> one) {
    return Stream.generate(() -> one.apply(random)).limit(random.nextInt(4)).toList();
  }

  // ---- ordered sets

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void orderedSet_randomOperationsOnAnyNode_sameAsATreeMap(long seed) {
    Random random = new Random(seed);
    var spec = TableSpec.orderedSet("t", String.class, Session.class, Session::id);
    List<OrderedSetTable<String, Session>> tables =
        NODES.stream().map(node -> cluster.start(node).open(spec)).toList();
    cluster.join("a", "b", "c");
    NavigableMap<String, Session> model = new TreeMap<>();
    for (int step = 0; step < STEPS; step++) {
      OrderedSetTable<String, Session> table = tables.get(random.nextInt(3));
      change(random, table, model);
      String key = key(random);
      for (OrderedSetTable<String, Session> each : tables) {
        check(each, model, key, key(random), "seed " + seed + ", step " + step);
      }
    }
  }

  private static void change(
      Random random, OrderedSetTable<String, Session> table, NavigableMap<String, Session> model) {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        List<Session> records = several(random, TableTypesModelTest::record);
        table.insertMany(records);
        records.forEach(record -> model.put(record.id(), record));
      }
      case 2 -> {
        List<String> keys = several(random, TableTypesModelTest::key);
        table.deleteMany(keys);
        keys.forEach(model::remove);
      }
      case 3 -> {
        List<Session> records = several(random, TableTypesModelTest::record);
        table.deleteObjects(records);
        records.forEach(record -> model.remove(record.id(), record));
      }
      case 4 -> {
        Session record = record(random);
        assertThat(table.insertNew(record)).isEqualTo(!model.containsKey(record.id()));
        model.putIfAbsent(record.id(), record);
      }
      default -> {
        Session record = record(random);
        assertThat(table.asMap().put(record.id(), record))
            .isEqualTo(model.put(record.id(), record));
      }
    }
  }

  private static void check(
      OrderedSetTable<String, Session> table,
      NavigableMap<String, Session> model,
      String one,
      String other,
      String when) {
    String from = one.compareTo(other) < 0 ? one : other;
    String to = from.equals(one) ? other : one;
    assertThat(table.dump()).as(when).containsExactlyElementsOf(model.values());
    assertThat(table.descending())
        .as(when)
        .containsExactlyElementsOf(model.descendingMap().values());
    assertThat(table.size()).as(when).isEqualTo(model.size());
    assertThat(table.lookup(one)).as(when).isEqualTo(model.get(one));
    assertThat(table.first()).as(when).isEqualTo(value(model.firstEntry()));
    assertThat(table.last()).as(when).isEqualTo(value(model.lastEntry()));
    assertThat(table.next(one)).as(when).isEqualTo(value(model.higherEntry(one)));
    assertThat(table.previous(one)).as(when).isEqualTo(value(model.lowerEntry(one)));
    assertThat(table.from(one))
        .as(when)
        .containsExactlyElementsOf(model.tailMap(one, true).values());
    assertThat(table.range(from, to))
        .as(when)
        .containsExactlyElementsOf(model.subMap(from, to).values());
    assertThat(table.section(key -> key.compareTo(from) < 0 ? -1 : key.compareTo(to) > 0 ? 1 : 0))
        .as(when)
        .containsExactlyElementsOf(model.subMap(from, true, to, true).values());
    assertThat(table.asMap()).as(when).isEqualTo(model);
  }

  private static @Nullable Session value(Map.@Nullable Entry<String, Session> entry) {
    return entry == null ? null : entry.getValue();
  }

  // ---- bags

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void bag_randomOperationsOnAnyNode_sameAsASetOfRecords(long seed) {
    Random random = new Random(seed);
    List<BagTable<String, Session>> bags = bags("a", "b", "c");
    cluster.join("a", "b", "c");
    Set<Session> model = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      change(random, bags.get(random.nextInt(3)), model);
      for (BagTable<String, Session> bag : bags) {
        check(bag, model, key(random), "seed " + seed + ", step " + step);
      }
    }
  }

  private List<BagTable<String, Session>> bags(String... nodes) {
    var spec = TableSpec.bag("t", String.class, Session.class, Session::id);
    return Stream.of(nodes).map(node -> cluster.start(node).open(spec)).toList();
  }

  private static void change(
      Random random, BagTable<String, Session> bag, Collection<Session> model) {
    switch (random.nextInt(4)) {
      case 0, 1 -> {
        List<Session> records = several(random, TableTypesModelTest::record);
        bag.insertMany(records);
        records.stream().filter(record -> !model.contains(record)).forEach(model::add);
      }
      case 2 -> {
        List<String> keys = several(random, TableTypesModelTest::key).stream().limit(1).toList();
        int expected = (int) model.stream().filter(record -> keys.contains(record.id())).count();
        assertThat(bag.deleteMany(keys).changes()).isEqualTo(expected);
        model.removeIf(record -> keys.contains(record.id()));
      }
      default -> {
        Set<Session> records = new HashSet<>(several(random, TableTypesModelTest::record));
        int expected = (int) records.stream().filter(model::contains).count();
        assertThat(bag.deleteObjects(records).changes()).isEqualTo(expected);
        model.removeAll(records);
      }
    }
  }

  private static void check(
      BagTable<String, Session> bag, Collection<Session> model, String key, String when) {
    assertThat(bag.dump()).as(when).containsExactlyInAnyOrderElementsOf(model);
    assertThat(bag.size()).as(when).isEqualTo(model.size());
    List<Session> ofKey = model.stream().filter(record -> record.id().equals(key)).toList();
    assertThat(bag.lookup(key)).as(when).containsExactlyInAnyOrderElementsOf(ofKey);
    assertThat(bag.contains(key)).as(when).isEqualTo(!ofKey.isEmpty());
  }

  /** After a split: what either side holds and the other did not delete after it had seen it. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void bag_randomOperationsOnBothSidesOfASplit_eachSidesDeletesOfWhatItHadSeen(long seed) {
    Random random = new Random(seed);
    List<BagTable<String, Session>> bags = bags("a", "b");
    cluster.join("a", "b");
    OwnedModel here = new OwnedModel("a");
    OwnedModel there = new OwnedModel("b");
    for (int i = 0; i < 20; i++) {
      change(random, bags.get(i % 2), List.of(here, there), i % 2 == 0 ? here : there);
    }
    cluster.split("a", "b");
    OwnedModel before = here.copy();
    for (int i = 0; i < 20; i++) {
      change(random, bags.get(0), List.of(here), here);
      change(random, bags.get(1), List.of(there), there);
    }
    assertThat(bags.get(0).dump()).doesNotHaveDuplicates();
    cluster.network().healAll();
    cluster.awaitJoined("a", "b");

    Set<Session> expected = OwnedModel.merged(before, here, there);
    for (BagTable<String, Session> bag : bags) {
      assertThat(bag.dump()).as("seed " + seed).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(bag.size()).as("seed " + seed).isEqualTo(expected.size());
    }
  }

  private static void change(
      Random random, BagTable<String, Session> bag, List<OwnedModel> seeing, OwnedModel writer) {
    Session record = record(random);
    int stamp = random.nextInt();
    if (random.nextInt(3) > 0) {
      bag.insert(record);
      seeing.forEach(model -> model.insert(record, writer.node, stamp));
    } else {
      bag.delete(record.id());
      seeing.forEach(model -> model.delete(record.id()));
    }
  }

  /** Which node's insert of which record stands at one side. */
  private static final class OwnedModel {
    private record Version(Session record, String node, int stamp) {}

    private final String node;
    private final Set<Version> versions = new HashSet<>();

    OwnedModel(String node) {
      this.node = node;
    }

    OwnedModel copy() {
      OwnedModel copy = new OwnedModel(node);
      copy.versions.addAll(versions);
      return copy;
    }

    void insert(Session record, String by, int stamp) {
      versions.removeIf(it -> it.record().equals(record) && it.node().equals(by));
      versions.add(new Version(record, by, stamp));
    }

    void delete(String key) {
      versions.removeIf(version -> version.record().id().equals(key));
    }

    static Set<Session> merged(OwnedModel before, OwnedModel one, OwnedModel other) {
      Set<Version> all = new HashSet<>(one.versions);
      all.addAll(other.versions);
      all.removeIf(
          version ->
              before.versions.contains(version)
                  && !(one.versions.contains(version) && other.versions.contains(version)));
      return all.stream().map(Version::record).collect(Collectors.toSet());
    }
  }
}
