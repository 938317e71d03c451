package dev.cets.engine;

import dev.cets.security.Tls;
import dev.cets.spi.EventLoop;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks at the files of certificates from time to time, off the loop. */
public final class TlsFiles {
  /** How often, unless told otherwise. */
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  private TlsFiles() {}

  /**
   * Looks from now on, until the engine was closed.
   *
   * @param tls null: there are no files
   */
  public static void watch(
      @Nullable Tls tls, Duration interval, EventLoop loop, BooleanSupplier closed) {
    if (tls != null && !closed.getAsBoolean()) {
      loop.schedule(
          () -> {
            if (!closed.getAsBoolean()) {
              loop.blocking().execute(tls::refresh);
              watch(tls, interval, loop, closed);
            }
          },
          interval.toNanos());
    }
  }
}
