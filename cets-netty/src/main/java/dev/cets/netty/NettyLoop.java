package dev.cets.netty;

import dev.cets.spi.EventLoop;
import io.netty.channel.IoEventLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a transport, for the network and for the node's protocol.
 *
 * <p>It is a single Netty loop without a group: a group tells its end on Netty's global executor,
 * whose thread would outlive the transport.
 */
final class NettyLoop implements EventLoop {
  private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);

  private final ReadBuffer readBuffer = new ReadBuffer();
  private final LentLoop netty;
  private final ExecutorService blocking =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cets-blocking-", 0).factory());
  private final SplittableRandom random = new SplittableRandom();

  /**
   * A loop whose thread begins with the first task.
   *
   * @param habit which callers run it themselves while they wait
   */
  NettyLoop(Regular.Habit habit) {
    netty = new LentLoop("cets", habit);
  }

  /** For the channels. */
  IoEventLoop netty() {
    return netty;
  }

  /** What the channels read into. */
  ReadBuffer readBuffer() {
    return readBuffer;
  }

  void rename(String threadName) {
    execute(
        () -> {
          Thread own = netty.thread(); // who runs this need not be it
          if (own != null) {
            own.setName(threadName);
          }
        });
  }

  @Override
  public void execute(Runnable task) {
    netty.execute(task);
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    // Netty would keep an error of the task in a future that nobody looks at.
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException | Error e) {
            log.error("A scheduled task failed; the loop goes on", e);
          }
        };
    var unused = netty.schedule(guarded, delayNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean inLoop() {
    return netty.inEventLoop();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public long currentTimeMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public ExecutorService blocking() {
    return blocking;
  }

  @Override
  public boolean await(CompletableFuture<?> future, long nanos) throws InterruptedException {
    long deadline = nanoTime() + nanos;
    try {
      netty.comes(future, deadline);
      return EventLoop.super.await(future, deadline - nanoTime());
    } finally {
      netty.goes();
    }
  }

  /**
   * Ends the thread after the tasks that it has. Blocking work that runs is not interrupted: it is
   * the application's, perhaps the very one that closes the node.
   */
  void shutdown() {
    blocking.shutdown();
    var unused = netty.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /**
   * Waits until the thread is gone; not on the loop. Interruption does not shorten the wait: what
   * holds after a close is to hold whoever closes.
   */
  void awaitEnd(long nanos) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + nanos;
    while (true) {
      try {
        if (!ended(deadline)) {
          log.warn("A thread did not end in time; it is still busy with a task");
        }
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(long deadline) throws InterruptedException {
    if (!netty.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    Thread last = netty.thread();
    return last == null || last.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
  }
}
