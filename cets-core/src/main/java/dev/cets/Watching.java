package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.replication.LocalWrite;
import dev.cets.replication.Outcome;
import dev.cets.table.WriteWatcher;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns how a write ended into what an application's listener sees. */
final class Watching implements WriteWatcher, Subscription {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.listeners");

  private final NodeRuntime runtime;
  private final WriteListener listener;

  private Watching(NodeRuntime runtime, WriteListener listener) {
    this.runtime = runtime;
    this.listener = listener;
  }

  static Subscription of(NodeRuntime runtime, WriteListener listener) {
    Watching watching = new Watching(runtime, listener);
    runtime.writeWatch().add(watching);
    return watching;
  }

  @Override
  public void ended(String table, LocalWrite.Kind kind, Outcome outcome, long nanos) {
    try {
      listener.ended(
          new WriteEnd(table, operation(kind), result(outcome), notAnswered(outcome), nanos));
    } catch (RuntimeException | Error e) {
      close();
      LOG.error("{}: a listener of writes failed, and is not told any more", runtime.name(), e);
    }
  }

  private static WriteEnd.Operation operation(LocalWrite.Kind kind) {
    return switch (kind) {
      case INSERT -> WriteEnd.Operation.INSERT;
      case DELETE -> WriteEnd.Operation.DELETE;
      case DELETE_OBJECT -> WriteEnd.Operation.DELETE_OBJECT;
      case INSERT_NEW -> WriteEnd.Operation.INSERT_NEW;
      case INSERT_SERIAL -> WriteEnd.Operation.INSERT_SERIAL;
      case REPLACE -> WriteEnd.Operation.REPLACE;
      case BARRIER -> throw new IllegalStateException("a barrier is not watched");
    };
  }

  private static WriteEnd.Result result(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied applied -> WriteEnd.Result.APPLIED;
      case Outcome.Present present -> WriteEnd.Result.PRESENT;
      case Outcome.NotApplied not -> WriteEnd.Result.NOT_APPLIED;
      case Outcome.Unknown unknown -> WriteEnd.Result.UNKNOWN;
    };
  }

  private static Set<String> notAnswered(Outcome outcome) {
    return outcome instanceof Outcome.Unknown unknown ? unknown.notAnswered() : Set.of();
  }

  @Override
  public void close() {
    runtime.writeWatch().remove(this);
  }
}
