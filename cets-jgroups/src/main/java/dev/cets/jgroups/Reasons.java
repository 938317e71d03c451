package dev.cets.jgroups;

import java.net.BindException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;

/** Errors of the network in words for people. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    String lower = message.toLowerCase(Locale.ROOT);
    if (cause instanceof BindException) {
      return "address already in use";
    }
    if (cause instanceof UnknownHostException) {
      return "name cannot be resolved";
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to host";
    }
    if (cause instanceof SocketTimeoutException) {
      return "timed out";
    }
    if (isRefusal(cause)) {
      return "connection refused";
    }
    if (lower.contains("reset") || lower.contains("broken pipe")) {
      return "connection reset by the peer";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : message;
  }

  /** Does nobody listen there, as the system of the other host itself says? */
  static boolean isRefusal(Throwable cause) {
    return cause instanceof java.net.ConnectException
        && String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
  }
}
