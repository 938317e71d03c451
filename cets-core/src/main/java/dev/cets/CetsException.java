package dev.cets;

import java.io.Serial;

/** The root of what this library throws, other than for arguments that are plainly wrong. */
public class CetsException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With one sentence for the person who reads the log. */
  public CetsException(String message) {
    super(message);
  }

  /** With one sentence for the person who reads the log, and what caused it. */
  public CetsException(String message, Throwable cause) {
    super(message, cause);
  }
}
