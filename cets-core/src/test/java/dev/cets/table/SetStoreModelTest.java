package dev.cets.table;

import static dev.cets.table.StoreMachine.KEYS;
import static dev.cets.table.StoreMachine.ORIGINS;

import dev.cets.table.StoreMachine.Stands;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.ActionChainArbitrary;
import net.jqwik.api.state.Transformer;

/**
 * The stores of the three types against a map of lists; after each step all of it is read. A chain
 * of steps that fails is shrunk to one that is short.
 */
class SetStoreModelTest {
  private static final int CHAINS = 60;
  private static final int STEPS = 60;

  private static final Arbitrary<Integer> KEY = Arbitraries.integers().between(0, KEYS - 1);
  private static final Arbitrary<Integer> ORIGIN = Arbitraries.integers().between(0, ORIGINS - 1);
  private static final Arbitrary<Stands> VERSION =
      Combinators.combine(ORIGIN, Arbitraries.longs().between(1, 5)).as(Stands::new);

  /** Of an origin there is one at most. */
  private static final Arbitrary<List<Stands>> VERSIONS =
      VERSION.list().ofMaxSize(3).uniqueElements(Stands::origin);

  private static final Arbitrary<Long> HASH =
      Arbitraries.oneOf(KEY.map(StoreMachine::hash), Arbitraries.longs());

  private static <K, R, A, B> Action<StoreMachine<K, R>> action(
      String name, Arbitrary<A> one, Arbitrary<B> other, Does<StoreMachine<K, R>, A, B> does) {
    Action.Independent<StoreMachine<K, R>> action =
        () ->
            Combinators.combine(one, other)
                .as(
                    (a, b) ->
                        Transformer.mutate(
                            name + " " + a + ", " + b, machine -> does.with(machine, a, b)));
    return action;
  }

  private interface Does<M, A, B> {
    void with(M machine, A one, B other);
  }

  private static <K, R> ActionChainArbitrary<StoreMachine<K, R>> chains(
      Supplier<StoreMachine<K, R>> machine) {
    return ActionChain.startWith(machine)
        .withAction(3, action("set one", KEY, VERSION, StoreMachine::setOne))
        .withAction(3, action("set", KEY, VERSIONS, StoreMachine::set))
        .withAction(1, action("show", ORIGIN, Arbitraries.of(true, false), StoreMachine::show))
        .withAction(1, action("hashes", HASH, HASH, StoreMachine::checkHashes))
        .withMaxTransformations(STEPS);
  }

  @Provide
  ActionChainArbitrary<StoreMachine<Integer, String>> sets() {
    return chains(StoreMachine::ofASet);
  }

  @Property(tries = CHAINS, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void set_anySteps_sameAsTheModel(
      @ForAll("sets") ActionChain<StoreMachine<Integer, String>> chain) {
    chain.withInvariant("as the model", StoreMachine::check).run();
  }

  @Provide
  ActionChainArbitrary<StoreMachine<Integer, String>> orderedSets() {
    return chains(StoreMachine::ofAnOrderedSet);
  }

  @Property(tries = CHAINS, seed = "2", edgeCases = EdgeCasesMode.NONE)
  void orderedSet_anySteps_sameAsTheModel(
      @ForAll("orderedSets") ActionChain<StoreMachine<Integer, String>> chain) {
    chain.withInvariant("as the model", StoreMachine::check).run();
  }

  @Provide
  ActionChainArbitrary<StoreMachine<Element<String, String>, Presence>> bags() {
    return chains(StoreMachine::ofABag);
  }

  @Property(tries = CHAINS, seed = "3", edgeCases = EdgeCasesMode.NONE)
  void bag_anySteps_sameAsTheModel(
      @ForAll("bags") ActionChain<StoreMachine<Element<String, String>, Presence>> chain) {
    chain.withInvariant("as the model", StoreMachine::check).run();
  }
}
