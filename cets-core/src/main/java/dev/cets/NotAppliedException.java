package dev.cets;

import java.io.Serial;

/**
 * The write was not applied on any node, and will not be. It may be tried again as it is, unless
 * the message speaks of the record itself or of something closed.
 */
public final class NotAppliedException extends CetsException {
  @Serial private static final long serialVersionUID = 1L;

  /** With the reason. */
  public NotAppliedException(String message) {
    super(message);
  }
}
