package dev.cets;

import dev.cets.node.Answer;
import dev.cets.node.NodeRuntime;
import dev.cets.node.TableFindings;
import dev.cets.replication.Compared;
import dev.cets.replication.Durations;
import dev.cets.table.LocalTable;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Compares a table with those of all other nodes. */
final class ComparisonCall {
  private final NodeRuntime runtime;
  private final LocalTable<?, ?> table;
  private final long nanos;

  ComparisonCall(NodeRuntime runtime, LocalTable<?, ?> table, Duration deadline) {
    this.runtime = runtime;
    this.table = table;
    this.nanos = Durations.saturatedNanos(Writes.positive("deadline", deadline));
  }

  TableComparison await() {
    Writes.checkMayBlock(runtime);
    CompletableFuture<Answer<TableFindings>> call = begin(false);
    try {
      if (runtime.loop().await(call, nanos + Writes.GRACE_NANOS)) {
        return comparison(call.join());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CetsException("interrupted while table " + table.name() + " was compared", e);
    }
    throw new CetsException("node " + runtime.name() + " itself does not answer");
  }

  CompletableFuture<TableComparison> async() {
    return begin(true).thenApply(this::comparison);
  }

  private CompletableFuture<Answer<TableFindings>> begin(boolean async) {
    table.checkOpen();
    return runtime.requests().compare(table, runtime.loop().nanoTime() + nanos, async);
  }

  private TableComparison comparison(Answer<TableFindings> answer) {
    TableFindings findings = Views.value(answer);
    Map<String, TableComparison.Finding> nodes = new TreeMap<>();
    for (String node : findings.unavailable()) {
      nodes.put(
          node,
          new TableComparison.Finding(
              TableComparison.State.UNREACHABLE, 0, null, "is not connected"));
    }
    findings.found().forEach((node, found) -> nodes.put(node, finding(found, findings)));
    return new TableComparison(table.name(), Collections.unmodifiableMap(nodes));
  }

  private static TableComparison.Finding finding(Compared found, TableFindings findings) {
    TableComparison.State state =
        switch (found.state()) {
          case EQUAL -> TableComparison.State.EQUAL;
          case MENDED -> TableComparison.State.MENDED;
          case BUSY -> TableComparison.State.BUSY;
          case UNREACHABLE -> TableComparison.State.UNREACHABLE;
        };
    return new TableComparison.Finding(
        state,
        found.versions(),
        Views.before(findings.wallMillis(), found.equalNanos()),
        found.reason());
  }
}
