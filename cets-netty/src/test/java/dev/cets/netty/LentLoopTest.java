package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.testkit.ThreadedCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The loop that a caller runs while it waits: who runs it, and that nothing is left lying. */
class LentLoopTest {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Every caller that is alone is a regular one. */
  private static final Regular.Habit AT_ONCE = new Regular.Habit(0, TimeUnit.DAYS.toNanos(1));

  private static final Regular.Habit NEVER = new Regular.Habit(Integer.MAX_VALUE, 0);

  private interface Waits {
    void run() throws Exception;
  }

  private NettyLoop loop = new NettyLoop(AT_ONCE);

  @AfterEach
  void end() {
    loop.shutdown();
    loop.awaitEnd(LONG_NANOS);
  }

  private void loop(Regular.Habit habit) {
    end();
    loop = new NettyLoop(habit);
  }

  /** A call as a node's: a task for the loop, and a wait. Returns the thread that ran it. */
  private Thread call() throws InterruptedException {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    loop.execute(() -> ran.complete(Thread.currentThread()));
    assertThat(loop.await(ran, LONG_NANOS)).isTrue();
    return ran.join();
  }

  /** Calls until this thread runs the loop: the other may end what it is at first. */
  private void untilMine() throws InterruptedException {
    int calls = 0;
    while (!call().equals(Thread.currentThread())) {
      assertThat(++calls).isLessThan(10_000);
    }
  }

  /** The thread that runs a task of somebody who does not wait here. */
  private Thread runnerNow() throws Exception {
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    loop.execute(() -> ran.complete(Thread.currentThread()));
    return ran.get(LONG_NANOS, TimeUnit.NANOSECONDS);
  }

  private static Thread start(Waits action, AtomicReference<Throwable> failure) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                action.run();
              } catch (Throwable e) {
                failure.set(e);
              }
            });
  }

  /** Waits in the loop for something that does not come, as the one who runs it. */
  private Thread driver(CompletableFuture<?> never, AtomicReference<Throwable> failure)
      throws Exception {
    call(); // the loop's own thread has begun
    Thread driver = start(() -> loop.await(never, LONG_NANOS), failure);
    ThreadedCluster.until(() -> runs(driver));
    return driver;
  }

  private boolean runs(Thread thread) {
    try {
      return runnerNow().equals(thread);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void await_callAfterCall_callerRunsTheLoopItself() throws InterruptedException {
    loop(new Regular.Habit(3, TimeUnit.DAYS.toNanos(1)));

    for (int i = 0; i < 3; i++) {
      assertThat(call()).isNotEqualTo(Thread.currentThread());
    }

    untilMine();
    assertThat(call()).isEqualTo(Thread.currentThread());
  }

  @Test
  void await_pausesBetweenCalls_loopKeepsItsThread() throws InterruptedException {
    loop(new Regular.Habit(1, 0));

    for (int i = 0; i < 10; i++) {
      assertThat(call()).isNotEqualTo(Thread.currentThread());
    }
  }

  @Test
  void await_virtualThread_doesNotRunTheLoop() throws Exception {
    Set<Thread> ran = ConcurrentHashMap.newKeySet();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 10; i++) {
                      ran.add(call());
                    }
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });

    caller.join();

    assertThat(failure.get()).isNull();
    assertThat(ran).hasSize(1).noneMatch(Thread::isVirtual);
  }

  @Test
  void await_loopIsRun_taskIsOnTheLoopAndCallerIsNotAfterwards() throws InterruptedException {
    untilMine();
    CompletableFuture<Boolean> inLoop = new CompletableFuture<>();

    loop.execute(() -> inLoop.complete(loop.inLoop()));
    loop.await(inLoop, LONG_NANOS);

    assertThat(inLoop).isCompletedWithValue(true);
    assertThat(loop.inLoop()).isFalse();
  }

  @Test
  void await_timeIsOverWhileTheLoopIsRun_returnsFalse() throws Exception {
    untilMine();
    CompletableFuture<Void> never = new CompletableFuture<>();

    assertThat(loop.await(never, TimeUnit.MILLISECONDS.toNanos(30))).isFalse();

    assertThat(call()).isNotNull();
  }

  @Test
  void await_interruptedWhileTheLoopIsRun_throwsAndTheLoopGoesOn() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread driver = driver(new CompletableFuture<>(), failure);

    driver.interrupt();
    driver.join(Duration.ofNanos(LONG_NANOS));

    assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    assertThat(runnerNow()).isNotEqualTo(driver);
  }

  @Test
  void await_interruptedBefore_throwsAndTheLoopGoesOn() throws Exception {
    untilMine();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> loop.await(new CompletableFuture<>(), LONG_NANOS))
        .isInstanceOf(InterruptedException.class);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(call()).isNotNull();
  }

  @Test
  void await_taskFailsWhileTheLoopIsRun_isAnswered() throws InterruptedException {
    untilMine();
    loop.execute(
        () -> {
          throw new IllegalStateException("for the test");
        });
    loop.execute(
        () -> {
          throw new AssertionError("for the test");
        });

    assertThat(call()).isNotNull();
    untilMine();
  }

  @Test
  void await_severalWaitAndOneIsAnsweredFromOutside_allEnd() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CompletableFuture<Void> never = new CompletableFuture<>();
    Thread driver = driver(never, failure);

    assertThat(call()).isEqualTo(driver);
    assertThat(call()).isEqualTo(driver);

    never.complete(null);
    driver.join(Duration.ofNanos(LONG_NANOS));
    assertThat(driver.isAlive()).isFalse();
    assertThat(failure.get()).isNull();
  }

  @Test
  void execute_callerWhoRanTheLoopIsGone_runsSoon() throws Exception {
    for (int round = 0; round < 200; round++) {
      untilMine();
      assertThat(runnerNow()).isNotEqualTo(Thread.currentThread()); // by the caller itself
      untilMine();
      AtomicBoolean ran = new AtomicBoolean();
      Thread.ofPlatform().start(() -> loop.execute(() -> ran.set(true))).join();
      ThreadedCluster.until(ran::get);
    }
  }

  @Test
  void schedule_callerWhoRanTheLoopIsGone_runs() throws Exception {
    for (int round = 0; round < 50; round++) {
      call();
      AtomicBoolean ran = new AtomicBoolean();
      loop.schedule(() -> ran.set(true), TimeUnit.MICROSECONDS.toNanos(300));
      call();
      ThreadedCluster.until(ran::get);
    }
  }

  @Test
  void shutdown_whileTheLoopIsRun_endsBoth() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    CompletableFuture<Void> never = new CompletableFuture<>();
    Thread driver = driver(never, failure);

    loop.shutdown();
    loop.awaitEnd(LONG_NANOS);

    assertThat(loop.netty().isTerminated()).isTrue();
    never.complete(null);
    driver.join(Duration.ofNanos(LONG_NANOS));
    assertThat(driver.isAlive()).isFalse();
    assertThat(failure.get()).isNull();
  }

  @Test
  void shutdown_nobodySits_endsIt() throws InterruptedException {
    untilMine();

    loop.shutdown();
    loop.awaitEnd(LONG_NANOS);

    assertThat(loop.netty().isTerminated()).isTrue();
  }

  @Test
  void await_manyThreadsOfAllKinds_oneAtATimeAndNothingIsLost() throws Exception {
    loop(new Regular.Habit(2, TimeUnit.MILLISECONDS.toNanos(1)));
    int each = 3000;
    int threads = 4;
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    int[] plain = new int[1]; // shows whether one runner sees what the one before it did
    Runnable task =
        () -> {
          if (inside.incrementAndGet() > 1 || !loop.inLoop()) {
            atOnce.incrementAndGet();
          }
          plain[0]++;
          inside.decrementAndGet();
          done.incrementAndGet();
        };
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> callers = new ArrayList<>();
    for (int number = 0; number < threads; number++) {
      int kind = number;
      callers.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int i = 0; i < each; i++) {
                        one(task, (i / 100 + kind) % threads, i);
                      }
                    } catch (Throwable e) {
                      failures.add(e);
                    }
                  }));
    }
    for (Thread caller : callers) {
      caller.join();
    }
    ThreadedCluster.until(() -> done.get() == threads * each);

    assertThat(failures).isEmpty();
    assertThat(atOnce).hasValue(0);
    CompletableFuture<Integer> seen = new CompletableFuture<>();
    loop.execute(() -> seen.complete(plain[0]));
    assertThat(seen.get(LONG_NANOS, TimeUnit.NANOSECONDS)).isEqualTo(threads * each);
  }

  /** For some time a thread waits for each, for some time for every tenth, or for none. */
  private void one(Runnable task, int kind, int number) throws Exception {
    boolean waits = kind == 0 || (kind == 1 && number % 10 == 0);
    if (!waits) {
      if (kind == 3) {
        loop.schedule(task, number % 100);
      } else {
        loop.execute(task);
      }
      return;
    }
    CompletableFuture<Void> ran = new CompletableFuture<>();
    loop.execute(
        () -> {
          task.run();
          ran.complete(null);
        });
    assertThat(loop.await(ran, LONG_NANOS)).isTrue();
  }

  @Test
  void await_neverRegular_loopKeepsItsThread() throws InterruptedException {
    loop(NEVER);
    Thread own = call();

    for (int i = 0; i < 100; i++) {
      assertThat(call()).isSameAs(own);
    }
  }
}
