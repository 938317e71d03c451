package dev.cets.testkit;

import static dev.cets.testkit.Chains.KEYS;
import static dev.cets.testkit.Chains.NODES;
import static dev.cets.testkit.Chains.RECORDS;
import static dev.cets.testkit.Chains.several;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.BagTable;
import dev.cets.CetsNode;
import dev.cets.OrderedSetTable;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.Chains.Call;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import org.jspecify.annotations.Nullable;

/**
 * Operations on any of three joined nodes, against collections that everybody knows; after each of
 * them all nodes are read. A chain of operations that fails is shrunk to one that is short.
 */
class TableTypesModelTest {
  private static final int CHAINS = 15;
  private static final int STEPS = 40;

  private final List<SimulatedCluster> open = new ArrayList<>();

  @AfterTry
  void end() {
    open.forEach(SimulatedCluster::close);
    open.clear();
  }

  private <T> List<T> tables(Function<CetsNode, T> opened) {
    SimulatedCluster cluster = new SimulatedCluster(5);
    open.add(cluster);
    List<T> tables = NODES.stream().map(node -> opened.apply(cluster.start(node))).toList();
    cluster.join(NODES.toArray(String[]::new));
    return tables;
  }

  // ---- sets, ordered or not

  static class Sets {
    final List<? extends SetTable<String, Session>> tables;
    final NavigableMap<String, Session> model = new TreeMap<>();

    Sets(List<? extends SetTable<String, Session>> tables) {
      this.tables = tables;
    }

    void insertMany(int node, List<Session> records) {
      tables.get(node).insertMany(records);
      records.forEach(record -> model.put(record.id(), record));
    }

    void deleteMany(int node, List<String> keys) {
      tables.get(node).deleteMany(keys);
      keys.forEach(model::remove);
    }

    void deleteObjects(int node, List<Session> records) {
      tables.get(node).deleteObjects(records);
      records.forEach(record -> model.remove(record.id(), record));
    }

    void insertNew(int node, Session record) {
      assertThat(tables.get(node).insertNew(record)).isEqualTo(!model.containsKey(record.id()));
      model.putIfAbsent(record.id(), record);
    }

    void insertNewOrLookup(int node, Session record) {
      assertThat(tables.get(node).insertNewOrLookup(record))
          .isEqualTo(Optional.ofNullable(model.putIfAbsent(record.id(), record)));
    }

    void replace(int node, Session record) {
      Session expected = new Session(record.id(), "u0");
      assertThat(tables.get(node).replace(expected, record))
          .isEqualTo(model.replace(record.id(), expected, record));
    }

    void putAsInAMap(int node, Session record) {
      assertThat(tables.get(node).asMap().put(record.id(), record))
          .isEqualTo(model.put(record.id(), record));
    }

    void checkAll() {
      tables.forEach(this::check);
    }

    @Override
    public String toString() {
      return "the model holds " + model;
    }

    private void check(SetTable<String, Session> table) {
      assertThat(table.dump()).containsExactlyInAnyOrderElementsOf(model.values());
      assertThat(table.size()).isEqualTo(model.size());
      assertThat(table.lookup("c")).isEqualTo(model.get("c"));
      assertThat(table.contains("c")).isEqualTo(model.containsKey("c"));
      assertThat(table.asMap()).isEqualTo(model);
    }
  }

  private static <A> Action<Sets> set(String name, Arbitrary<A> arguments, Call<Sets, A> call) {
    return Chains.on(NODES.size(), name, arguments, call);
  }

  private static ActionChainArbitrary<Sets> chains(ActionChainArbitrary<Sets> from) {
    return from.withAction(2, set("insertMany", several(RECORDS), Sets::insertMany))
        .withAction(set("deleteMany", several(KEYS), Sets::deleteMany))
        .withAction(set("deleteObjects", several(RECORDS), Sets::deleteObjects))
        .withAction(set("insertNew", RECORDS, Sets::insertNew))
        .withAction(set("insertNewOrLookup", RECORDS, Sets::insertNewOrLookup))
        .withAction(set("replace u0 by", RECORDS, Sets::replace))
        .withAction(set("put", RECORDS, Sets::putAsInAMap))
        .withMaxTransformations(STEPS);
  }

  @Provide
  ActionChainArbitrary<Sets> sets() {
    var spec = TableSpec.set("t", String.class, Session.class, Session::id);
    return chains(ActionChain.startWith(() -> new Sets(tables(node -> node.open(spec)))));
  }

  @Property(tries = CHAINS, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void set_operationsOnAnyNode_sameAsAMap(@ForAll("sets") ActionChain<Sets> chain) {
    chain.withInvariant("as the map", Sets::checkAll).run();
  }

  // ---- what ordered sets have in addition

  static final class OrderedSets extends Sets {
    private final List<OrderedSetTable<String, Session>> ordered;

    OrderedSets(List<OrderedSetTable<String, Session>> tables) {
      super(tables);
      ordered = tables;
    }

    @Override
    void checkAll() {
      super.checkAll();
      for (OrderedSetTable<String, Session> table : ordered) {
        checkOrder(table);
        for (String key : List.of("a", "d", "x")) {
          checkAround(table, key);
        }
        checkRange(table, "b", "f");
        checkRange(table, "d", "d");
      }
    }

    private void checkOrder(OrderedSetTable<String, Session> table) {
      assertThat(table.dump()).containsExactlyElementsOf(model.values());
      assertThat(table.descending()).containsExactlyElementsOf(model.descendingMap().values());
      assertThat(table.first()).isEqualTo(value(model.firstEntry()));
      assertThat(table.last()).isEqualTo(value(model.lastEntry()));
    }

    private void checkAround(OrderedSetTable<String, Session> table, String key) {
      assertThat(table.next(key)).isEqualTo(value(model.higherEntry(key)));
      assertThat(table.previous(key)).isEqualTo(value(model.lowerEntry(key)));
      assertThat(table.from(key)).containsExactlyElementsOf(model.tailMap(key, true).values());
    }

    private void checkRange(OrderedSetTable<String, Session> table, String from, String to) {
      assertThat(table.range(from, to)).containsExactlyElementsOf(model.subMap(from, to).values());
      assertThat(table.section(key -> key.compareTo(from) < 0 ? -1 : key.compareTo(to) > 0 ? 1 : 0))
          .containsExactlyElementsOf(model.subMap(from, true, to, true).values());
    }

    private static @Nullable Session value(Map.@Nullable Entry<String, Session> entry) {
      return entry == null ? null : entry.getValue();
    }
  }

  @Provide
  ActionChainArbitrary<Sets> orderedSets() {
    var spec = TableSpec.orderedSet("t", String.class, Session.class, Session::id);
    return chains(ActionChain.startWith(() -> new OrderedSets(tables(node -> node.open(spec)))));
  }

  @Property(tries = CHAINS, seed = "2", edgeCases = EdgeCasesMode.NONE)
  void orderedSet_operationsOnAnyNode_sameAsATreeMap(
      @ForAll("orderedSets") ActionChain<Sets> chain) {
    chain.withInvariant("as the map", Sets::checkAll).run();
  }

  // ---- bags

  static final class Bags {
    private final List<BagTable<String, Session>> tables;
    private final Set<Session> model = new HashSet<>();

    Bags(List<BagTable<String, Session>> tables) {
      this.tables = tables;
    }

    private List<Session> ofKey(String key) {
      return model.stream().filter(record -> record.id().equals(key)).toList();
    }

    void insertMany(int node, List<Session> records) {
      tables.get(node).insertMany(records);
      model.addAll(records);
    }

    void delete(int node, String key) {
      assertThat(tables.get(node).delete(key).changes()).isEqualTo(ofKey(key).size());
      model.removeAll(ofKey(key));
    }

    void deleteObjects(int node, Set<Session> records) {
      int standing = (int) records.stream().filter(model::contains).count();
      assertThat(tables.get(node).deleteObjects(records).changes()).isEqualTo(standing);
      model.removeAll(records);
    }

    void insertNew(int node, Session record) {
      boolean isNew = ofKey(record.id()).isEmpty();
      assertThat(tables.get(node).insertNew(record)).isEqualTo(isNew);
      if (isNew) {
        model.add(record);
      }
    }

    void checkAll() {
      tables.forEach(this::check);
    }

    @Override
    public String toString() {
      return "the model holds " + model;
    }

    private void check(BagTable<String, Session> bag) {
      assertThat(bag.dump()).containsExactlyInAnyOrderElementsOf(model);
      assertThat(bag.size()).isEqualTo(model.size());
      for (String key : List.of("a", "d", "x")) {
        assertThat(bag.lookup(key)).containsExactlyInAnyOrderElementsOf(ofKey(key));
        assertThat(bag.contains(key)).isEqualTo(!ofKey(key).isEmpty());
      }
      Session one = new Session("a", "u1");
      assertThat(bag.containsObject(one)).isEqualTo(model.contains(one));
    }
  }

  private static <A> Action<Bags> bag(String name, Arbitrary<A> arguments, Call<Bags, A> call) {
    return Chains.on(NODES.size(), name, arguments, call);
  }

  @Provide
  ActionChainArbitrary<Bags> bags() {
    var spec = TableSpec.bag("t", String.class, Session.class, Session::id);
    return ActionChain.startWith(() -> new Bags(tables(node -> node.open(spec))))
        .withAction(3, bag("insertMany", several(RECORDS), Bags::insertMany))
        .withAction(bag("delete", KEYS, Bags::delete))
        .withAction(bag("deleteObjects", several(RECORDS).map(HashSet::new), Bags::deleteObjects))
        .withAction(bag("insertNew", RECORDS, Bags::insertNew))
        .withMaxTransformations(STEPS);
  }

  @Property(tries = CHAINS, seed = "3", edgeCases = EdgeCasesMode.NONE)
  void bag_operationsOnAnyNode_sameAsASetOfRecords(@ForAll("bags") ActionChain<Bags> chain) {
    chain.withInvariant("as the set", Bags::checkAll).run();
  }
}
