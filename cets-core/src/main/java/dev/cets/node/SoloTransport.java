package dev.cets.node;

import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A loop, and nobody to talk to: for a cluster of one. */
final class SoloTransport implements Transport {
  private static final NodeAddress NOWHERE = new NodeAddress("localhost", 1);

  private final Loop loop;

  SoloTransport(String nodeName) {
    loop = new Loop(nodeName);
  }

  @Override
  public EventLoop loop() {
    return loop;
  }

  @Override
  public void start(String nodeName, Listener listener) {}

  @Override
  public NodeAddress address() {
    return NOWHERE;
  }

  @Override
  public void seek(Set<NodeAddress> addresses) {}

  @Override
  public void close() {
    loop.threads.shutdownNow();
  }

  private static final class Loop implements EventLoop {
    private final ScheduledThreadPoolExecutor threads;
    private final Executor blocking = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable Thread thread;

    Loop(String nodeName) {
      threads =
          new ScheduledThreadPoolExecutor(
              1,
              task -> {
                Thread created = new Thread(task, "cets-" + nodeName);
                created.setDaemon(true);
                thread = created;
                return created;
              });
    }

    @Override
    public void execute(Runnable task) {
      threads.execute(task);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // tasks on a loop do not throw
    public void schedule(Runnable task, long delayNanos) {
      try {
        threads.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        // closed: nothing is due any more
      }
    }

    @Override
    public boolean inLoop() {
      return Thread.currentThread().equals(thread);
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
      return ThreadLocalRandom.current();
    }

    @Override
    public Executor blocking() {
      return blocking;
    }
  }
}
