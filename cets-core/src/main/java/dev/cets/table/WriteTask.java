package dev.cets.table;

import dev.cets.replication.Call;
import dev.cets.replication.LocalWrite;
import dev.cets.replication.LocalWrite.Item;
import dev.cets.replication.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A caller's write on its way to the loop and back. */
final class WriteTask<K, R> implements Runnable, Call {
  private final LocalWrite<K, R> write;
  private final Consumer<LocalWrite<K, R>> apply;
  private final WriteQueue queue;
  private final ByteGate gate;
  private final int cost;
  private final boolean async;
  private final @Nullable WatchedWrite watched;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private boolean ended;
  private boolean released;

  WriteTask(
      LocalWrite.Kind kind,
      List<Item<K, R>> items,
      @Nullable Item<K, R> expected,
      long deadlineNanos,
      Consumer<LocalWrite<K, R>> apply,
      WriteQueue queue,
      ByteGate gate,
      int cost,
      boolean async,
      @Nullable WatchedWrite watched) {
    this.write = new LocalWrite<>(kind, items, expected, deadlineNanos, this);
    this.apply = apply;
    this.queue = queue;
    this.gate = gate;
    this.cost = cost;
    this.async = async;
    this.watched = watched;
  }

  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** What fails in the middle must not leave a caller waiting, and other callers without room. */
  @Override
  public void run() {
    try {
      apply.accept(write);
    } catch (RuntimeException | Error e) {
      ended(new Outcome.Unknown("this node failed at it (" + e + ")", Set.of()));
      released();
      throw e;
    }
  }

  /** A blocked caller is woken from here; whoever hangs code on a future gets it run elsewhere. */
  @Override
  public void ended(Outcome how) {
    if (ended) {
      return;
    }
    ended = true;
    if (watched != null) {
      watched.ended(how);
    }
    if (async) {
      queue.complete(outcome, how);
    } else {
      outcome.complete(how);
    }
  }

  @Override
  public void released() {
    if (!released) {
      released = true;
      gate.leave(cost);
    }
  }
}
