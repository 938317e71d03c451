package dev.cets.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileLooksTest {
  private static final long PAUSE_NANOS = 1_000_000;
  private static final long PATIENCE_SECONDS = 30;

  private final SingleThreadLoop loop = new SingleThreadLoop("looks");

  @AfterEach
  void end() {
    loop.shutdown();
    loop.awaitEnd(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
  }

  @Test
  void look_hangs_isJoinedByNoOtherUntilItHasEnded() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    Semaphore looking = new Semaphore(0);
    Semaphore disk = new Semaphore(0);
    FileLooks.start(
        loop,
        PAUSE_NANOS,
        () -> {
          begun.incrementAndGet();
          looking.release();
          disk.acquireUninterruptibly();
          return false;
        });
    assertThat(looking.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    awaitPauses(20);
    assertThat(begun).hasValue(1);

    disk.release(2);
    assertThat(looking.tryAcquire(2, PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    disk.release(1_000_000);
  }

  /** That many pauses pass, one after the other. */
  private void awaitPauses(int number) throws InterruptedException {
    CountDownLatch left = new CountDownLatch(number);
    loop.execute(() -> pause(left));
    assertThat(left.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private void pause(CountDownLatch left) {
    left.countDown();
    if (left.getCount() > 0) {
      loop.schedule(() -> pause(left), PAUSE_NANOS);
    }
  }
}
