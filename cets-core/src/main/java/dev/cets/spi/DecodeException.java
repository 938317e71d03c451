package dev.cets.spi;

import java.io.Serial;

/** Bytes that are not what they should be. The message says what was found and what is allowed. */
public final class DecodeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public DecodeException(String message) {
    super(message);
  }

  /** With what is wrong, and where that shows. */
  public DecodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
