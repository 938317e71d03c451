package dev.cets.server.demo;

import dev.cets.server.console.Texts;
import java.time.Duration;

/** The time since its making. */
final class Stopwatch {
  private final long startNanos = System.nanoTime();

  long millis() {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  boolean isOver(Duration limit) {
    return millis() > limit.toMillis();
  }

  /** In words. */
  String text() {
    long millis = millis();
    return millis < 1000 ? millis + " ms" : Texts.decimal(millis / 1000.0) + " s";
  }

  /** Waits until so much time is over; not at all if it is already. */
  void sleepUntil(Duration time) throws InterruptedException {
    long left = time.toMillis() - millis();
    if (left > 0) {
      Thread.sleep(left);
    }
  }
}
