package dev.cets.netty;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Netty's loop with a thread of its own, which lends it to a caller that waits for it: two changes
 * of threads less for a call. See decision 23.
 */
final class LentLoop extends SingleThreadIoEventLoop {
  private static final Logger log = LoggerFactory.getLogger(NettyTransport.class);

  /** The time for tasks before the network is looked at again; as Netty has it. */
  private static final long TASKS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Seat seat;
  private final Regular regular;
  private final Waiting waiting;

  LentLoop(String threadName, Regular.Habit habit) {
    this(threadName, habit, new Seat(), new Waiting());
  }

  private LentLoop(String threadName, Regular.Habit habit, Seat seat, Waiting waiting) {
    super(
        null,
        task -> {
          Thread made = new FastThreadLocalThread(task, threadName);
          made.setDaemon(true);
          seat.own(made);
          return made;
        },
        executor -> new Io(NioIoHandler.newFactory().newHandler(executor), seat, waiting));
    this.regular = new Regular(habit);
    this.seat = seat;
    this.waiting = waiting;
  }

  @Override
  public boolean inEventLoop(Thread thread) {
    return seat.isTakenBy(thread);
  }

  @Override
  protected int runIo() {
    if (!isShuttingDown()) {
      seat.giveWay();
    }
    return super.runIo();
  }

  /** The loop's own thread; null if it was never needed. */
  @Nullable Thread thread() {
    return seat.own();
  }

  /** A caller begins to wait for the future; runs the loop meanwhile if that pays. */
  void comes(CompletableFuture<?> future, long deadline) {
    Thread caller = Thread.currentThread();
    boolean lends = regular.comes(caller) && !caller.isVirtual();
    if (lends && !future.isDone()) {
      var unused = future.whenComplete((value, error) -> awaited(caller));
    }
    if (lends && !isShuttingDown() && sit(caller, future, deadline)) {
      run(caller, future, deadline);
    } else {
      seat.callIfEmpty();
    }
  }

  /** The caller waits no more; once for each {@link #comes}. */
  void goes() {
    regular.goes();
  }

  /** Perhaps by a thread that is not the loop, of which who runs it hears nothing. */
  private void awaited(Thread caller) {
    if (!Thread.currentThread().equals(caller)) {
      LockSupport.unpark(caller);
      ioHandler().wakeup();
    }
  }

  private boolean sit(Thread caller, CompletableFuture<?> future, long deadline) {
    if (seat.take()) {
      return true;
    }
    if (!seat.ask()) {
      return false;
    }
    while (!seat.isTakenBy(caller)) {
      long left = deadline - System.nanoTime();
      if (future.isDone() || caller.isInterrupted() || left <= 0) {
        if (!seat.withdraw()) {
          return false;
        }
        break;
      }
      LockSupport.parkNanos(this, left);
    }
    return true;
  }

  private void run(Thread caller, CompletableFuture<?> future, long deadline) {
    boolean well = false;
    try {
      waiting.begin(deadline);
      var unused = runAllTasks(TASKS_NANOS);
      while (!future.isDone()
          && !caller.isInterrupted()
          && !isShuttingDown()
          && deadline - System.nanoTime() > 0) {
        super.runIo();
        unused = runAllTasks(TASKS_NANOS);
      }
      well = future.isDone() && !isShuttingDown();
    } catch (Error e) {
      log.error("The loop's work failed; it goes on", e);
    } finally {
      waiting.end();
      seat.leave(well && regular.stays());
      if (pendingTasks() > 0) { // came after the last look, and found the seat taken
        seat.callIfEmpty();
      }
    }
  }

  /** Is there a caller that runs the loop, and until when does it wait? */
  private static final class Waiting {
    private boolean begun;
    private long deadline;

    void begin(long deadlineNanos) {
      begun = true;
      deadline = deadlineNanos;
    }

    void end() {
      begun = false;
    }

    IoHandlerContext beside(IoHandlerContext loop) {
      return begun ? new Guest(loop, deadline) : loop;
    }
  }

  /** What holds for a caller that runs the loop, beside what holds for the loop. */
  private record Guest(IoHandlerContext loop, long deadline) implements IoHandlerContext {
    /** Netty asks before it waits, and after; an interrupt would be swallowed by it. */
    @Override
    public boolean canBlock() {
      return loop.canBlock() && !Thread.currentThread().isInterrupted();
    }

    @Override
    public long delayNanos(long now) {
      return Math.max(0, Math.min(loop.delayNanos(now), deadline - now));
    }

    @Override
    public long deadlineNanos() {
      long next = loop.deadlineNanos();
      return next == -1 || deadline - next < 0 ? deadline : next;
    }
  }

  private record Io(IoHandler io, Seat seat, Waiting waiting) implements IoHandler {
    @Override
    public void initialize() {
      io.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      return io.run(waiting.beside(context));
    }

    @Override
    public void prepareToDestroy() {
      io.prepareToDestroy();
    }

    @Override
    public void destroy() {
      io.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      return io.register(handle);
    }

    @Override
    public void wakeup() {
      if (seat.isTakenOrCalled()) {
        io.wakeup();
      }
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return io.isCompatible(type);
    }
  }
}
