package dev.cets.engine;

import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.EventLoop;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at files from time to time as long as a loop lives, off the loop: the next look begins a
 * while after the end of the last, so that a disk which hangs holds up one thread and no more.
 */
public final class FileLooks {
  private static final Logger log = LoggerFactory.getLogger(FileLooks.class);

  /** How often, unless told otherwise. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private final EventLoop loop;
  private final long pauseNanos;
  private final BooleanSupplier look;

  private FileLooks(EventLoop loop, long pauseNanos, BooleanSupplier look) {
    this.loop = loop;
    this.pauseNanos = pauseNanos;
    this.look = look;
  }

  /**
   * Begins, with a pause: takes new certificates and a new secret when their files are replaced.
   *
   * @param pause between two looks
   * @param tls null: there are none
   * @param secret null: there is none
   */
  public static void start(
      EventLoop loop, Duration pause, @Nullable Tls tls, @Nullable Secret secret) {
    if (tls != null) {
      start(loop, pause.toNanos(), tls::refresh);
    }
    if (secret != null) {
      start(loop, pause.toNanos(), secret::refresh);
    }
  }

  static void start(EventLoop loop, long pauseNanos, BooleanSupplier look) {
    new FileLooks(loop, pauseNanos, look).pause();
  }

  private void pause() {
    unlessEnded(() -> loop.schedule(this::begin, pauseNanos));
  }

  private void begin() {
    unlessEnded(() -> loop.blocking().execute(this::look));
  }

  private void look() {
    try {
      var unused = look.getAsBoolean();
    } finally {
      pause();
    }
  }

  private static void unlessEnded(Runnable step) {
    try {
      step.run();
    } catch (RejectedExecutionException e) {
      log.trace("the loop has ended, and this with it", e);
    }
  }
}
