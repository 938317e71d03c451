package dev.cets.server.daemon;

import java.io.Serial;

/** The daemon cannot start; the message says why and what to change. */
public final class DaemonException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  DaemonException(String message, Throwable cause) {
    super(message, cause);
  }
}
