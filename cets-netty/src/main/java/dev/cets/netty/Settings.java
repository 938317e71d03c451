package dev.cets.netty;

import dev.cets.engine.Exposure;
import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.spi.NodeAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What a builder was told. Of the two ways to advertise at most one is set. */
record Settings(
    String bindHost,
    int bindPort,
    @Nullable String advertisedHost,
    @Nullable NodeAddress advertisedAddress,
    @Nullable Tls tls,
    @Nullable Secret secret,
    boolean insecure,
    long refreshNanos,
    long connectTimeoutNanos,
    long handshakeTimeoutNanos,
    long redialMinNanos,
    long redialMaxNanos,
    Regular.Habit habit) {

  NodeAddress advertised(int realPort) {
    if (advertisedAddress != null) {
      return advertisedAddress;
    }
    return new NodeAddress(advertisedHost == null ? bindHost : advertisedHost, realPort);
  }

  /** Why the port may not be opened there; null if it may. */
  @Nullable String exposure(InetAddress bound) {
    return Exposure.problem(bound, tls != null && secret != null, insecure);
  }

  /** For messages. */
  String bindAddress() {
    return (bindHost.indexOf(':') >= 0 ? "[" + bindHost + "]" : bindHost) + ":" + bindPort;
  }
}
