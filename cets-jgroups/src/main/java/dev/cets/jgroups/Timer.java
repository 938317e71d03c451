package dev.cets.jgroups;

import dev.cets.spi.EventLoop;

/** One timer: what is set takes the place of what was set before. On the loop only. */
final class Timer {
  private final EventLoop loop;

  /** What was set with another number is void. */
  private int number;

  Timer(EventLoop loop) {
    this.loop = loop;
  }

  void set(long nanos, Runnable task) {
    int own = ++number;
    loop.schedule(
        () -> {
          if (own == number) {
            task.run();
          }
        },
        nanos);
  }

  void stop() {
    number++;
  }
}
