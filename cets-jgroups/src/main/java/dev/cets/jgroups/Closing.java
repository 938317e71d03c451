package dev.cets.jgroups;

import dev.cets.engine.SingleThreadLoop;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a transport: the channel is closed off the loop, as JGroups waits for threads, and
 * perhaps for other members; then the loop ends.
 */
final class Closing {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final Medium medium;
  private final SingleThreadLoop loop;
  private volatile @Nullable Thread closer;

  Closing(Medium medium, SingleThreadLoop loop) {
    this.medium = medium;
    this.loop = loop;
  }

  /** On the loop only. Harmless when repeated. */
  void begin() {
    if (closer == null) {
      closer =
          Thread.ofPlatform()
              .daemon()
              .name(Thread.currentThread().getName() + "-close")
              .start(
                  () -> {
                    try {
                      medium.close();
                    } finally {
                      loop.shutdown();
                    }
                  });
    }
  }

  /** Waits until all has ended, within bounds. Off the loop. */
  void await() {
    loop.awaitEnd(LONGEST.toNanos());
    Thread last = closer;
    if (last == null || last.equals(Thread.currentThread())) {
      return;
    }
    try {
      // It ended the loop, so there is nothing left to wait for but its own end.
      var unused = last.join(LONGEST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
