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
  private final Writes writes;

  /**
   * Of a table.
   *
   * @param writes with the deadline of waits that have none of their own
   */
  Operations(NodeRuntime runtime, LocalTable<?, ?> table, Writes writes) {
    this.runtime = runtime;
    this.table = table;
    this.writes = writes;
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
    return waiting.answered("ping", begin.apply(waiting.blockingDeadline()));
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
    long nanos = longestNanos(longest);
    long id = Views.value(runtime.requests().pause(table, holder(), nanos));
    return new Pause(() -> runtime.requests().resume(table, id));
  }

  Pause pauseAll(Duration longest) {
    long nanos = longestNanos(longest);
    return pause(
        (id, deadline) -> runtime.requests().pauseAll(table, id, holder(), nanos, deadline));
  }

  Pause pause(String node, Duration longest) {
    if (node.equals(runtime.name())) {
      return pause(longest);
    }
    long nanos = longestNanos(longest);
    return pause(
        (id, deadline) -> runtime.requests().pauseOf(table, node, id, holder(), nanos, deadline));
  }

  private interface FarPause {
    CompletableFuture<Outcome> begin(long id, long deadlineNanos);
  }

  /** One that does not come to hold is ended. */
  private Pause pause(FarPause far) {
    long deadline = writes.blockingDeadline();
    long id = runtime.requests().newPause();
    Pause pause = new Pause(() -> runtime.requests().resume(table, id));
    try {
      Receipt unused = writes.answered("pause", far.begin(id, deadline));
      return pause;
    } catch (CetsException e) {
      pause.close();
      throw e;
    }
  }

  private static long longestNanos(Duration longest) {
    return Durations.saturatedNanos(Writes.positive("longest time", longest));
  }

  private String holder() {
    return runtime.name() + "/" + Thread.currentThread().getName();
  }
}
