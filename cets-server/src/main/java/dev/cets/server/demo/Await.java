package dev.cets.server.demo;

import dev.cets.server.client.DaemonFailure;
import java.time.Duration;

/** Waits for what other processes come to. */
final class Await {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Await() {}

  /** A question whose answer becomes true. */
  interface Question {
    boolean ask() throws DaemonFailure;
  }

  static void until(Duration limit, String what, Question question)
      throws DemoFailure, DaemonFailure, InterruptedException {
    var clock = new Stopwatch();
    while (!question.ask()) {
      if (clock.isOver(limit)) {
        throw new DemoFailure(
            "after %d s it is still not so that %s".formatted(limit.toSeconds(), what));
      }
      pause();
    }
  }

  static void pause() throws InterruptedException {
    Thread.sleep(PAUSE);
  }
}
