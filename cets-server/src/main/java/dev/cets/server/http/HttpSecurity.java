package dev.cets.server.http;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What HTTP asks of those who come, and how it is carried.
 *
 * @param tls what it is served over; null: plain text
 * @param tokens what is asked for
 */
public record HttpSecurity(@Nullable SSLContext tls, Tokens tokens) {
  /** Plain text, for everybody. */
  public static final HttpSecurity NONE = new HttpSecurity(null, Tokens.NONE);
}
