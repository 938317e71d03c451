package dev.cets.server.daemon;

import java.io.Serial;

/** The daemon cannot start, or go on; the message says why and what to change. */
public final class DaemonException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** It cannot go on. */
  public DaemonException(String message) {
    super(message);
  }

  DaemonException(String message, Throwable cause) {
    super(message, cause);
  }
}
