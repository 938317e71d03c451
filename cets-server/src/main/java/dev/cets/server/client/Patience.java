package dev.cets.server.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads that end in time, though the stream that they read from has no limit of its own: the time
 * of Java's HTTP client ends with the head of an answer. Used by one thread.
 */
final class Patience implements AutoCloseable {
  private final Duration limit;
  private final ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor();

  /** Each read may take so long. */
  Patience(Duration limit) {
    this.limit = limit;
  }

  /** A read of something. */
  interface Read<T extends @Nullable Object> {
    T read() throws IOException;
  }

  /**
   * What the read gives.
   *
   * @throws TimeoutException if it takes too long; it may go on until the stream is closed
   * @throws InterruptedIOException if the thread is interrupted, which it is still told afterwards
   * @throws IOException that of the read
   */
  <T extends @Nullable Object> T await(Read<T> read) throws IOException, TimeoutException {
    CompletableFuture<T> result = new CompletableFuture<>();
    reading.execute(
        () -> {
          try {
            result.complete(read.read());
          } catch (IOException | RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  @Override
  public void close() {
    reading.shutdownNow();
  }
}
