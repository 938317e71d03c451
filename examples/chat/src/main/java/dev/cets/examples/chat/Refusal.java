package dev.cets.examples.chat;

import java.io.Serial;

/** What somebody wants cannot be done. The message is one sentence for them. */
final class Refusal extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  Refusal(String message) {
    super(message);
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
