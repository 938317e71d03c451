package dev.cets.server.daemon;

import dev.cets.security.Secret;
import dev.cets.security.Tls;
import dev.cets.server.http.HttpSecurity;
import dev.cets.server.http.Tokens;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * What keeps others out.
 *
 * @param tls for nodes, and for HTTP; null: plain text
 * @param secret what nodes prove to know; null: nothing
 * @param tokens what is asked for over HTTP
 * @param insecure whether ports may be open to other machines without all that
 */
public record Protection(
    @Nullable Tls tls, @Nullable Secret secret, Tokens tokens, boolean insecure) {
  /** Nothing. */
  public static final Protection NONE = new Protection(null, null, Tokens.NONE, false);

  /**
   * Checks what is to be listened on.
   *
   * @param bind for nodes
   * @param httpBind for HTTP
   * @throws IllegalArgumentException if others can reach it, and something is missing
   */
  void check(String bind, String httpBind) {
    if (insecure) {
      return;
    }
    if ((tls == null || secret == null) && isExposed(bind)) {
      throw new IllegalArgumentException(
          "--bind %s can be reached from other machines, so --tls-certificate, --tls-key, --tls-trusted and --secret-file are needed; --insecure allows it without"
              .formatted(bind));
    }
    if ((tls == null || !tokens.needed()) && isExposed(httpBind)) {
      throw new IllegalArgumentException(
          "HTTP at %s can be reached from other machines, so TLS and --admin-token-file or --read-token-file are needed; --http-bind 127.0.0.1 keeps it on this machine, --insecure allows it without"
              .formatted(httpBind));
    }
  }

  private static boolean isExposed(String host) {
    try {
      return !InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // nothing will be opened there
    }
  }

  HttpSecurity ofHttp() {
    return new HttpSecurity(tls == null ? null : tls.serving(), tokens);
  }
}
