package dev.cets.server.json;

import java.io.Serial;

/** Text that is no record of the table. The message says what is wrong and what is allowed. */
public final class BadRecordException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final boolean tooLarge;

  private BadRecordException(String message, boolean tooLarge) {
    super(message);
    this.tooLarge = tooLarge;
  }

  static BadRecordException malformed(String message) {
    return new BadRecordException(message, false);
  }

  static BadRecordException tooLarge(String message) {
    return new BadRecordException(message, true);
  }

  /** Is it only the size that is wrong? */
  public boolean isTooLarge() {
    return tooLarge;
  }
}
