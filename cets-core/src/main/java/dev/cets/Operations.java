package dev.cets;

import dev.cets.node.LossHandler;
import dev.cets.node.NodeRuntime;
import dev.cets.node.TableDetails;
import dev.cets.replication.Durations;
import dev.cets.replication.Outcome;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.time.Instant;
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
            : at -> runtime.requests().ping(table, node, at));
  }

  private Receipt ping(Duration deadline, LongFunction<CompletableFuture<Outcome>> begin) {
    Writes waiting = new Writes(runtime).withDeadline(deadline);
    return Writes.pinged(waiting.end(begin.apply(waiting.blockingDeadline())), deadline);
  }

  static LossHandler handler(NodeDownHandler handler) {
    return (table, node, leads) -> handler.nodeDown(new NodeDown(node, table, leads));
  }

  TableInfo info() {
    TableDetails details = Views.value(runtime.requests().details(table));
    return new TableInfo(
        Views.status(runtime, table),
        details.joinedNodes(),
        details.grace(),
        details.retention(),
        details.bareVersions(),
        details.pauseHolders(),
        details.pausedWrites(),
        table.listeners(),
        details.losses().stream()
            .map(loss -> new TableInfo.Loss(loss.node(), Instant.ofEpochMilli(loss.wallMillis())))
            .toList());
  }

  Pause pause(Duration longest) {
    Writes.positive("longest time", longest);
    String holder = runtime.name() + "/" + Thread.currentThread().getName();
    long id =
        Views.value(runtime.requests().pause(table, holder, Durations.saturatedNanos(longest)));
    return new Pause(() -> runtime.requests().resume(table, id));
  }
}
