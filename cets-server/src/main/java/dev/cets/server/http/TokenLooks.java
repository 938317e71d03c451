package dev.cets.server.http;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks from time to time, one look after the other, whether files of tokens were replaced. */
final class TokenLooks implements AutoCloseable {
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-tokens").factory());

  TokenLooks(Tokens tokens, Duration pause) {
    long nanos = pause.toNanos();
    var unused = clock.scheduleWithFixedDelay(tokens::refresh, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
