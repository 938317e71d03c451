package dev.cets.server.demo;

import java.io.Serial;

/** The demonstration did not get to its end. The message is for the user. */
public final class DemoFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  DemoFailure(String message) {
    super(message);
  }
}
