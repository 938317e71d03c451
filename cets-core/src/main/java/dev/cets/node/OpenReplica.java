package dev.cets.node;

import dev.cets.replication.DumpCall;
import dev.cets.replication.LocalWrite;
import dev.cets.replication.Outcome;
import dev.cets.replication.Replication;
import dev.cets.replication.TableReplica;
import dev.cets.table.ReplicaCalls;
import java.util.function.BooleanSupplier;

/** What callers want of a table's replica, while the table and its node are open. */
final class OpenReplica<K, R> implements ReplicaCalls<K, R> {
  private final Replication core;
  private final TableReplica<K, R> replica;
  private final BooleanSupplier nodeClosed;
  private final Runnable close;

  OpenReplica(
      Replication core, TableReplica<K, R> replica, BooleanSupplier nodeClosed, Runnable close) {
    this.core = core;
    this.replica = replica;
    this.nodeClosed = nodeClosed;
    this.close = close;
  }

  private boolean isClosed() {
    return nodeClosed.getAsBoolean() || core.table(replica.definition().name()) != replica;
  }

  private String closed() {
    return "table " + replica.definition().name() + " is closed";
  }

  @Override
  public void write(LocalWrite<K, R> write) {
    if (isClosed()) {
      write.call().ended(new Outcome.NotApplied(closed()));
      write.call().released();
    } else {
      core.write(replica, write);
    }
  }

  @Override
  public void dump(String peer, long deadlineNanos, DumpCall<K, R> call) {
    if (isClosed()) {
      call.failed(closed());
    } else {
      replica.callers().dump(peer, deadlineNanos, call);
    }
  }

  @Override
  public void close() {
    close.run();
  }
}
