package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.replication.Outcome;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

/** What operators do with a table, whatever its type. */
final class Operations {
  private final NodeRuntime runtime;
  private final LocalTable<?, ?> table;

  Operations(NodeRuntime runtime, LocalTable<?, ?> table) {
    this.runtime = runtime;
    this.table = table;
  }

  Receipt pingAll(Duration deadline) {
    return ping(deadline, table::barrier);
  }

  Receipt ping(String node, Duration deadline) {
    return ping(
        deadline,
        node.equals(runtime.name())
            ? at -> CompletableFuture.completedFuture(Outcome.Applied.alone(node))
            : at -> runtime.ping(table, node, at));
  }

  private Receipt ping(Duration deadline, LongFunction<CompletableFuture<Outcome>> begin) {
    Writes waiting = new Writes(runtime).withDeadline(deadline);
    return Writes.pinged(waiting.end(begin.apply(waiting.blockingDeadline())), deadline);
  }

  Pause pause(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("a pause of " + longest + "; it must be positive");
    }
    String holder = runtime.name() + "/" + Thread.currentThread().getName();
    long id = Views.value(runtime.pause(table, holder, Writes.saturated(longest)));
    return new Pause(() -> runtime.resume(table, id));
  }
}
