package dev.cets.table;

import dev.cets.replication.Outcome;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** stub */
@SuppressWarnings("DoNotCallSuggester")
public final class LocalTable<K, R> {
  public String name() {
    throw new UnsupportedOperationException();
  }

  public CompletableFuture<Outcome> insert(Collection<? extends R> records, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  public CompletableFuture<Outcome> delete(Collection<? extends K> keys, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  public CompletableFuture<Outcome> deleteObjects(
      Collection<? extends R> records, long deadlineNanos) {
    throw new UnsupportedOperationException();
  }

  public @Nullable R lookup(K key) {
    throw new UnsupportedOperationException();
  }

  public int size() {
    throw new UnsupportedOperationException();
  }

  public Stream<R> stream() {
    throw new UnsupportedOperationException();
  }

  public void close() {
    throw new UnsupportedOperationException();
  }
}
