package dev.cets.testkit;

import static dev.cets.testkit.Chains.KEYS;
import static dev.cets.testkit.Chains.NODES;
import static dev.cets.testkit.Chains.RECORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.Table;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * Two nodes write, are split, write on, and meet again, any number of times, against a model that
 * knows only who had seen what: a write or a delete is the end of what its node had seen of the key
 * (in a bag, a write only of the same node's equal record), and of nothing else.
 */
class TableTypesUnderSplitModelTest {
  private static final int CHAINS = 10;
  private static final int STEPS = 40;

  /** What these take at least, in one go: to look after each millisecond is dear. */
  private static final Duration DOWN = Duration.ofSeconds(8);

  private static final Duration BACK = Duration.ofSeconds(2);
  private static final List<String> TWO = NODES.subList(0, 2);

  private final List<SimulatedCluster> open = new ArrayList<>();

  @AfterTry
  void end() {
    open.forEach(SimulatedCluster::close);
    open.clear();
  }

  private record Written(Session record, int node, int number) {}

  static final class Machine {
    private final SimulatedCluster cluster;
    private final boolean isBag;
    private final List<? extends Table<String, Session>> tables;
    private final List<Set<Written>> sides = List.of(new HashSet<>(), new HashSet<>());
    private Set<Written> before = Set.of();
    private boolean isSplit;
    private int writes;

    Machine(
        SimulatedCluster cluster, boolean isBag, List<? extends Table<String, Session>> tables) {
      this.cluster = cluster;
      this.isBag = isBag;
      this.tables = tables;
    }

    private List<Set<Written>> seenBy(int node) {
      return isSplit ? List.of(sides.get(node)) : sides;
    }

    void insert(int node, Session record) {
      writes++;
      for (Set<Written> side : seenBy(node)) {
        side.removeIf(
            it ->
                isBag
                    ? it.record().equals(record) && it.node() == node
                    : it.record().id().equals(record.id()));
        side.add(new Written(record, node, writes));
      }
      tables.get(node).insert(record);
      cluster.run(Duration.ofMillis(2)); // so that of two sides the later one is known
    }

    void delete(int node, String key) {
      seenBy(node).forEach(side -> side.removeIf(it -> it.record().id().equals(key)));
      tables.get(node).delete(key);
    }

    void split() {
      if (!isSplit) {
        cluster.cut(TWO.get(0), TWO.get(1));
        cluster.run(DOWN);
        cluster.awaitDown(TWO.get(0), TWO.get(1));
        cluster.awaitDown(TWO.get(1), TWO.get(0));
        before = Set.copyOf(sides.get(0));
        isSplit = true;
      }
    }

    void heal() {
      if (isSplit) {
        cluster.heal();
        cluster.run(BACK);
        cluster.awaitJoined(TWO.get(0), TWO.get(1));
        Set<Written> merged = new HashSet<>(sides.get(0));
        merged.addAll(sides.get(1));
        merged.removeIf(
            it -> before.contains(it) && !sides.stream().allMatch(side -> side.contains(it)));
        sides.forEach(
            side -> {
              side.clear();
              side.addAll(merged);
            });
        isSplit = false;
      }
    }

    /** What each side shows while they are apart is not what this is about. */
    void check() {
      if (isSplit) {
        tables.forEach(table -> assertThat(table.dump()).doesNotHaveDuplicates());
        return;
      }
      Collection<Session> expected = shown();
      for (Table<String, Session> table : tables) {
        assertThat(table.dump()).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(table.size()).isEqualTo(expected.size());
      }
    }

    private Collection<Session> shown() {
      Map<Object, Written> latest = new HashMap<>();
      for (Written one : sides.get(0)) {
        latest.merge(
            isBag ? one.record() : one.record().id(),
            one,
            (a, b) -> List.of(a, b).stream().max(Comparator.comparingInt(Written::number)).get());
      }
      return latest.values().stream().map(Written::record).toList();
    }

    @Override
    public String toString() {
      return "the model holds " + sides + (isSplit ? ", split after " + before : "");
    }
  }

  private ActionChainArbitrary<Machine> chains(
      boolean isBag, Function<String, Function<SimulatedCluster, Table<String, Session>>> opened) {
    return ActionChain.startWith(
            () -> {
              SimulatedCluster cluster = new SimulatedCluster(5);
              open.add(cluster);
              List<Table<String, Session>> tables = new ArrayList<>();
              TWO.forEach(node -> tables.add(opened.apply(node).apply(cluster)));
              cluster.join(TWO.toArray(String[]::new));
              return new Machine(cluster, isBag, tables);
            })
        .withAction(6, Chains.on(2, "insert", RECORDS, Machine::insert))
        .withAction(3, Chains.on(2, "delete", KEYS, Machine::delete))
        .withAction(1, Action.just("split", Transformer.mutate("split", Machine::split)))
        .withAction(1, Action.just("heal", Transformer.mutate("heal", Machine::heal)))
        .withMaxTransformations(STEPS);
  }

  private static void run(ActionChain<Machine> chain) {
    Machine machine = chain.withInvariant("as the model", Machine::check).run();
    machine.heal();
    machine.check();
  }

  @Provide
  ActionChainArbitrary<Machine> sets() {
    var spec = TableSpec.set("t", String.class, Session.class, Session::id);
    return chains(false, node -> cluster -> cluster.start(node).open(spec));
  }

  @Provide
  ActionChainArbitrary<Machine> orderedSets() {
    var spec = TableSpec.orderedSet("t", String.class, Session.class, Session::id);
    return chains(false, node -> cluster -> cluster.start(node).open(spec));
  }

  @Provide
  ActionChainArbitrary<Machine> bags() {
    var spec = TableSpec.bag("t", String.class, Session.class, Session::id);
    return chains(true, node -> cluster -> cluster.start(node).open(spec));
  }

  @Property(tries = CHAINS, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void set_operationsOnBothSidesOfSplits_eachEndsWhatItHadSeen(
      @ForAll("sets") ActionChain<Machine> chain) {
    run(chain);
  }

  @Property(tries = CHAINS, seed = "2", edgeCases = EdgeCasesMode.NONE)
  void orderedSet_operationsOnBothSidesOfSplits_eachEndsWhatItHadSeen(
      @ForAll("orderedSets") ActionChain<Machine> chain) {
    run(chain);
  }

  @Property(tries = CHAINS, seed = "3", edgeCases = EdgeCasesMode.NONE)
  void bag_operationsOnBothSidesOfSplits_eachEndsWhatItHadSeen(
      @ForAll("bags") ActionChain<Machine> chain) {
    run(chain);
  }
}
