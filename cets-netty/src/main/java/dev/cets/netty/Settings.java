package dev.cets.netty;

import dev.cets.engine.Bind;
import dev.cets.engine.Exposure;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a builder was told. */
record Settings(
    Bind bind,
    @Nullable Tls tls,
    @Nullable Secret secret,
    boolean insecure,
    Duration refresh,
    long connectTimeoutNanos,
    long handshakeTimeoutNanos,
    long redialMinNanos,
    long redialMaxNanos,
    Regular.Habit habit) {

  /** Why the port may not be opened there; null if it may. */
  @Nullable String exposure(InetAddress bound) {
    return Exposure.problem(bound, tls != null && secret != null, insecure);
  }
}
