package dev.cets.server.cli;

import java.io.Serial;

/** Ends a command with exit code 1 and one line on standard error. */
final class CommandFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
