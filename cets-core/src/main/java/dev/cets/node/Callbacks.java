package dev.cets.node;

import dev.cets.spi.EventLoop;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where code of the application runs, off the loop: on the application's executor, or where the
 * loop's blocking tasks run if there is none, or it does not take a task. It may be full, or
 * broken, or have ended.
 */
final class Callbacks {
  private final @Nullable Executor application;
  private final EventLoop loop;
  private final Consumer<Throwable> refused;

  /**
   * On this executor.
   *
   * @param application null: where the loop's blocking tasks run
   * @param refused told of each task that the application's executor does not take
   */
  Callbacks(@Nullable Executor application, EventLoop loop, Consumer<Throwable> refused) {
    this.application = application;
    this.loop = loop;
    this.refused = refused;
  }

  /** The first choice alone, which throws what it throws. */
  Executor executor() {
    return application == null ? loop.blocking() : application;
  }

  /** Hands a task on; false if nobody takes it, since everything has ended. */
  boolean handOn(Runnable task) {
    if (application != null) {
      try {
        application.execute(task);
        return true;
      } catch (RuntimeException | Error e) { // the loop is in the middle of something
        refused.accept(e);
      }
    }
    try {
      loop.blocking().execute(task);
      return true;
    } catch (RuntimeException | Error e) {
      return false;
    }
  }
}
