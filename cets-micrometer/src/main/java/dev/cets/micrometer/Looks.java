package dev.cets.micrometer;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import io.micrometer.core.instrument.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Looks at a node when meters are read, once a second at most for all of them. */
final class Looks {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final CetsNode node;
  private final Clock clock;
  private final Consumer<Look> onNew;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile long nextNanos;
  private volatile Look last;
  private volatile boolean answers = true;

  /**
   * With a first look, of which nobody is told.
   *
   * @param onNew is told of each later one
   * @throws CetsException if the node does not answer
   */
  Looks(CetsNode node, Clock clock, Consumer<Look> onNew) {
    this.node = node;
    this.clock = clock;
    this.onNew = onNew;
    this.last = Look.at(node);
    this.nextNanos = clock.monotonicTime() + EVERY_NANOS;
  }

  /** The latest; null if the node did not answer when it was last asked. */
  @Nullable Look now() {
    lookIfDue();
    return answers ? last : null;
  }

  /** The latest in which the node answered. */
  Look lastAnswer() {
    lookIfDue();
    return last;
  }

  /** Who comes while another looks does not wait for it: the node may take seconds to answer. */
  private void lookIfDue() {
    if (clock.monotonicTime() - nextNanos < 0 || !looking.tryLock()) {
      return;
    }
    try {
      if (clock.monotonicTime() - nextNanos >= 0) {
        look();
      }
    } finally {
      looking.unlock();
    }
  }

  private void look() {
    try {
      last = Look.at(node);
      answers = true;
    } catch (CetsException e) {
      answers = false; // it is closed, or stands still: that is what the gauges say then
    }
    nextNanos = clock.monotonicTime() + EVERY_NANOS;
    if (answers) {
      onNew.accept(last);
    }
  }
}
