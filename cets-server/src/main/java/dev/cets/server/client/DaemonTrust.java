package dev.cets.server.client;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a daemon is believed, and how it believes us.
 *
 * @param tls which certificates are believed; null: plain HTTP
 * @param token what is shown; null: none
 */
public record DaemonTrust(@Nullable SSLContext tls, @Nullable String token) {
  /** Plain HTTP, without a token. */
  public static final DaemonTrust NONE = new DaemonTrust(null, null);

  /** Tells no token. */
  @Override
  public String toString() {
    return "DaemonTrust";
  }
}
