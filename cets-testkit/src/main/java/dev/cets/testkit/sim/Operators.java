package dev.cets.testkit.sim;

import dev.cets.replication.Outcome;
import dev.cets.testkit.SimulatedNetwork;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** What operators ask of a node's table: pings, and pauses that somebody ends or nobody. */
final class Operators {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private final SimulatedNetwork network;
  private final Cluster cluster;
  private final Random random;
  private final Calls calls;
  private final PauseCheck check;
  private final Duration longestPause;

  Operators(Cluster cluster, Random random, Calls calls, PauseCheck check, Duration longestPause) {
    this.network = cluster.network();
    this.cluster = cluster;
    this.random = random;
    this.calls = calls;
    this.check = check;
    this.longestPause = longestPause;
  }

  void pingAll(SimulatedNode node) {
    OpenTable table = node.table();
    if (table != null) {
      CompletableFuture<Outcome> call = table.calls().table().barrier(deadline());
      calls.pings(node, call);
      calls.asked(node, "pingAll", DEADLINE, call);
    }
  }

  void ping(SimulatedNode node) {
    OpenTable table = node.table();
    List<SimulatedNode> nodes = cluster.nodes();
    SimulatedNode peer = nodes.get(random.nextInt(nodes.size()));
    if (table != null && peer != node) {
      CompletableFuture<Outcome> call =
          node.requests().ping(table.calls().table(), peer.name(), deadline());
      calls.pings(node, call);
      calls.asked(node, "ping", DEADLINE, call);
    }
  }

  /** Several may hold the same table. */
  void pause(SimulatedNode node) {
    OpenTable table = node.table();
    Object run = node.run();
    if (table == null || run == null) {
      return;
    }
    calls.counted("pause");
    long nanos = (long) (random.nextDouble() * longestPause.toNanos());
    long heldNanos = (long) (random.nextDouble() * longestPause.toNanos());
    node.onLoop(
        () -> {
          Long id = node.requests().pause(table.calls().table(), "an operator", nanos).value();
          if (id != null) {
            PauseCheck.Pause pause = check.begun(run, network.now() + nanos);
            network.after(
                Duration.ofNanos(heldNanos),
                () -> {
                  pause.over();
                  if (Objects.equals(node.run(), run)) {
                    node.requests().resume(table.calls().table(), id);
                  }
                });
          }
        });
  }

  private long deadline() {
    return network.now() + DEADLINE.toNanos();
  }
}
