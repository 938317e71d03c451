package dev.cets.codec;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be written or read, and where within the value. Never leaves this package: {@link
 * DeclaredCodec} turns it into one of the two exceptions of the SPI. It has no stack trace, since
 * hostile bytes could otherwise buy one at every level of nesting.
 */
final class Fault extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String path;
  private final String problem;

  Fault(String problem) {
    this("", problem, null);
  }

  private Fault(String path, String problem, @Nullable Throwable cause) {
    super(problem, cause, false, false);
    this.path = path;
    this.problem = problem;
  }

  /** The same, seen from one level further out. */
  static Fault within(String step, Throwable thrown) {
    return thrown instanceof Fault fault
        ? new Fault(step + fault.path, fault.problem, fault.getCause())
        : new Fault(step, thrown.toString(), thrown);
  }

  /** Where, and what. */
  String text() {
    return path + ": " + problem;
  }
}
