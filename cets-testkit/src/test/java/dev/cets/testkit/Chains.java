package dev.cets.testkit;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.Transformer;

/**
 * What the model tests of tables put together: keys, records and nodes, of which there are so few
 * that they meet, and calls on them. The first ones of each are those that a failure is shrunk to.
 */
final class Chains {
  private static final int MOST_AT_ONCE = 3;

  static final List<String> NODES = List.of("a", "b", "c");

  static final Arbitrary<String> KEYS = Arbitraries.of("a", "b", "c", "d", "e", "f", "g", "h");

  static final Arbitrary<ClusterHarness.Session> RECORDS =
      Combinators.combine(KEYS, Arbitraries.of("u0", "u1", "u2")).as(ClusterHarness.Session::new);

  /** A call on a node, by its number. */
  interface Call<M, A> {
    void on(M machine, int node, A argument);
  }

  private Chains() {}

  static <A> Arbitrary<List<A>> several(Arbitrary<A> one) {
    return one.list().ofMaxSize(MOST_AT_ONCE);
  }

  /** A call with any of these arguments on any of the first so many nodes. */
  static <M, A> Action.Independent<M> on(
      int nodes, String name, Arbitrary<A> arguments, Call<M, A> call) {
    return () ->
        Combinators.combine(Arbitraries.integers().between(0, nodes - 1), arguments)
            .as(
                (node, argument) ->
                    Transformer.mutate(
                        name + " " + argument + " on " + NODES.get(node),
                        machine -> call.on(machine, node, argument)));
  }
}
