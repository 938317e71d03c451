package dev.cets.netty;

import io.netty.channel.ConnectTimeoutException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Errors of the network in words for people. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    if (cause instanceof BindException && message.contains("in use")) {
      return "address already in use";
    }
    if (cause instanceof UnknownHostException) {
      return "name cannot be resolved";
    }
    if (cause instanceof ClosedChannelException) {
      return "connection closed";
    }
    if (cause instanceof NoRouteToHostException) {
      return "no route to host";
    }
    if (cause instanceof ConnectTimeoutException) {
      return "timed out";
    }
    if (cause instanceof ConnectException && message.contains("refused")) {
      return "connection refused";
    }
    if (message.contains("reset") || message.contains("broken pipe")) {
      return "connection reset by the peer";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  static String duration(long nanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
