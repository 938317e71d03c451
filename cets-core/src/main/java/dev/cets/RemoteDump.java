package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.replication.Durations;
import dev.cets.table.Dumped;
import dev.cets.table.TableCalls;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads what the readers of another node see. */
final class RemoteDump<R> {
  private final NodeRuntime runtime;
  private final TableCalls<?, R> calls;
  private final String node;
  private final long nanos;

  RemoteDump(NodeRuntime runtime, TableCalls<?, R> calls, String node, Duration deadline) {
    this.runtime = runtime;
    this.calls = calls;
    this.node = node;
    this.nanos = Durations.saturatedNanos(Writes.positive("deadline", deadline));
  }

  List<R> await() {
    Writes.checkMayBlock(runtime);
    CompletableFuture<Dumped<R>> dump = begin(false);
    try {
      if (runtime.loop().await(dump, nanos + Writes.GRACE_NANOS)) {
        return records(dump.join());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CetsException("interrupted while waiting for the dump of node " + node, e);
    }
    throw new CetsException("node " + runtime.name() + " itself does not answer");
  }

  CompletableFuture<List<R>> async() {
    return begin(true).thenApply(RemoteDump::records);
  }

  private CompletableFuture<Dumped<R>> begin(boolean async) {
    return node.equals(runtime.name())
        ? CompletableFuture.completedFuture(new Dumped.Whole<>(calls.stream().toList()))
        : calls.dump(node, runtime.loop().nanoTime() + nanos, async);
  }

  private static <R> List<R> records(Dumped<R> dumped) {
    return switch (dumped) {
      case Dumped.Whole<R> whole -> whole.records();
      case Dumped.Failed<R> failed -> throw new CetsException(failed.reason());
    };
  }
}
