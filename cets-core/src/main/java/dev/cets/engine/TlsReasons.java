package dev.cets.engine;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why TLS failed, in words for people. They complete "the peer ...". */
public final class TlsReasons {
  private static final String ALERT = "received fatal alert: ";
  private static final String CLOSED = "connection closed while";
  private static final String TERMINATED = "remote host terminated the handshake";

  private TlsReasons() {}

  /** Is it the other end that does not want to go on? */
  public static boolean isOfPeer(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains(ALERT) || message.contains(CLOSED) || message.contains(TERMINATED);
  }

  /** The reason. */
  public static String of(Throwable failure) {
    String expected = null;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String reason = ofCause(cause);
      // The innermost that has words of its own says it best.
      expected = reason == null ? expected : reason;
    }
    return expected == null ? "fails in TLS: " + failure.getMessage() : expected;
  }

  private static @Nullable String ofCause(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return "has a certificate that has expired";
    }
    if (cause instanceof CertificateNotYetValidException) {
      return "has a certificate that is not valid yet";
    }
    if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
      return "has a certificate of nobody who is trusted here";
    }
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof CertificateException && message.contains("subject alternative")) {
      return "has a certificate for another host";
    }
    if (message.contains("not an ssl/tls record") || message.contains("unrecognized ssl message")) {
      return "sent something else than TLS";
    }
    if (message.contains("empty client certificate")) {
      return "shows no certificate of an authority that is trusted here";
    }
    if (message.contains(CLOSED) || message.contains(TERMINATED)) {
      return "closed the connection in the handshake";
    }
    int alert = message.indexOf(ALERT);
    return alert < 0
        ? null
        : "does not accept this node's TLS: " + message.substring(alert + ALERT.length());
  }
}
