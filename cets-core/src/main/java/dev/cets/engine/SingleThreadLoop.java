package dev.cets.engine;

import dev.cets.spi.EventLoop;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on a thread of its own, for engines whose network does not bring one.
 *
 * <p>The thread begins with the first task. It is a daemon, so it keeps no process alive.
 */
public final class SingleThreadLoop implements EventLoop {
  private static final Logger log = LoggerFactory.getLogger(SingleThreadLoop.class);

  /** So many tasks run before the timers are looked at again. */
  private static final int TASKS_PER_TURN = 64;

  /** The longest sleep; a wake-up that was missed by a defect would cost no more than this. */
  private static final long MAX_PARK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Timer(long dueNanos, long number, Runnable task) {}

  /** By the time at which they are due, then in the order in which they were given. */
  private static final Comparator<Timer> DUE =
      (a, b) -> {
        int order = Long.signum(a.dueNanos - b.dueNanos);
        return order != 0 ? order : Long.compare(a.number, b.number);
      };

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>(DUE);
  private final SplittableRandom random = new SplittableRandom();
  private final ExecutorService blocking =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("cets-blocking-", 0).factory());
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean parked = new AtomicBoolean();
  private final Thread thread;
  private volatile boolean ending;
  private volatile boolean ended;
  private long timersMade;

  /** A loop whose thread has this name. */
  public SingleThreadLoop(String threadName) {
    thread = Thread.ofPlatform().daemon().name(threadName).unstarted(this::run);
  }

  /** Gives the thread another name. */
  public void rename(String threadName) {
    thread.setName(threadName);
  }

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
    if (ended && tasks.remove(task)) { // otherwise it ran among the last ones
      throw new RejectedExecutionException("the loop has ended");
    }
    if (!started.get() && started.compareAndSet(false, true)) {
      thread.start();
    }
    // The loop says that it sleeps, then looks for tasks; here it is the other way round.
    if (parked.get() && parked.compareAndSet(true, false)) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void schedule(Runnable task, long delayNanos) {
    long due = nanoTime() + delayNanos;
    if (inLoop()) {
      timers.add(new Timer(due, timersMade++, task));
    } else {
      try {
        execute(() -> timers.add(new Timer(due, timersMade++, task)));
      } catch (RejectedExecutionException e) {
        log.trace("ended, nothing is due any more", e);
      }
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
    return random;
  }

  @Override
  public ExecutorService blocking() {
    return blocking;
  }

  /**
   * Ends the thread after the tasks that it has; timers are dropped. Blocking work that runs is not
   * interrupted: it is the application's, perhaps the very one that closes the node.
   */
  public void shutdown() {
    blocking.shutdown();
    try {
      execute(() -> ending = true);
    } catch (RejectedExecutionException e) {
      log.trace("ended already", e);
    }
  }

  /**
   * Waits until the thread is gone; not on the loop. Interruption does not shorten the wait: what
   * holds after a close is to hold whoever closes.
   */
  public void awaitEnd(long nanos) {
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + nanos;
    while (started.get()) {
      try {
        if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
          log.warn("The thread {} did not end in time; it is still busy", thread.getName());
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

  private void run() {
    while (!ending) {
      runTimers();
      runTasks();
      if (tasks.isEmpty() && !ending) {
        sleep();
      }
    }
    ended = true;
    while (runTasks() > 0) {
      // Those that came while it ended; later ones are refused.
    }
  }

  private void runTimers() {
    if (timers.isEmpty()) {
      return;
    }
    long now = nanoTime();
    for (Timer next = timers.peek(); next != null && next.dueNanos - now <= 0; ) {
      timers.remove();
      run(next.task);
      next = timers.peek();
    }
  }

  private int runTasks() {
    int done = 0;
    while (done < TASKS_PER_TURN) {
      Runnable task = tasks.poll();
      if (task == null) {
        break;
      }
      run(task);
      done++;
    }
    return done;
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("A task failed; the loop goes on", e);
    }
  }

  private void sleep() {
    Timer next = timers.peek();
    long nanos =
        next == null ? MAX_PARK_NANOS : Math.min(next.dueNanos - nanoTime(), MAX_PARK_NANOS);
    if (nanos <= 0) {
      return;
    }
    parked.set(true);
    if (tasks.isEmpty()) {
      // Whoever interrupts a task does not mean the loop, and a sleep would end at once.
      var unused = Thread.interrupted();
      LockSupport.parkNanos(this, nanos);
    }
    parked.set(false);
  }
}
