package dev.cets.table;

import dev.cets.replication.DumpCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** A caller's dump of another node on its way to the loop and back. */
final class DumpTask<K, R, T> implements Runnable, DumpCall<K, R> {
  private final ReplicaCalls<K, R> replica;
  private final String peer;
  private final long deadlineNanos;
  private final BiFunction<? super K, ? super R, ? extends T> view;
  private final WriteQueue queue;
  private final boolean async;
  private final List<T> records = new ArrayList<>();
  private final CompletableFuture<Dumped<T>> outcome = new CompletableFuture<>();

  DumpTask(
      ReplicaCalls<K, R> replica,
      String peer,
      long deadlineNanos,
      BiFunction<? super K, ? super R, ? extends T> view,
      WriteQueue queue,
      boolean async) {
    this.replica = replica;
    this.peer = peer;
    this.deadlineNanos = deadlineNanos;
    this.view = view;
    this.queue = queue;
    this.async = async;
  }

  CompletableFuture<Dumped<T>> outcome() {
    return outcome;
  }

  @Override
  public void run() {
    replica.dump(peer, deadlineNanos, this);
  }

  @Override
  public void shown(K key, R record) {
    records.add(view.apply(key, record));
  }

  @Override
  public void done() {
    end(new Dumped.Whole<>(records));
  }

  @Override
  public void failed(String reason) {
    end(new Dumped.Failed<>(reason));
  }

  private void end(Dumped<T> how) {
    if (async) {
      queue.complete(outcome, how);
    } else {
      outcome.complete(how);
    }
  }
}
