package dev.cets.server.process;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what other processes come to; fails when it takes far too long. */
final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private Eventually() {}

  /** Asks again and again; how long it took, in milliseconds. */
  static long is(String what, Callable<Boolean> question) throws Exception {
    long start = System.nanoTime();
    while (!question.call()) {
      if (System.nanoTime() - start > LIMIT.toNanos()) {
        fail("after %d s it is still not so that %s", LIMIT.toSeconds(), what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return (System.nanoTime() - start) / 1_000_000;
  }
}
