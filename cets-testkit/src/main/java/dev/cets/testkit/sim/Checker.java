package dev.cets.testkit.sim;

import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.Witness;

/**
 * Looks at a cluster from outside, through what nodes tell and what can be read there, and says
 * what is wrong to the {@link Verdict}.
 */
interface Checker extends Witness {
  /** Called after every step of the walk. */
  default void step() {}

  /** Called after every step of the walk, for each node that is up, with how it stands. */
  default void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {}

  /** Called when faults have stopped, all links are joined, and nothing is to happen any more. */
  default void end() {}
}
