package dev.cets.bench.suite;

/** A child process did not do what it was told; the message says why. */
final class ChildException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean offered;

  private ChildException(String message, boolean offered) {
    super(message);
    this.offered = offered;
  }

  /** It should have. */
  static ChildException failed(String why) {
    return new ChildException(why, true);
  }

  /** The system has nothing like it. */
  static ChildException notOffered(String why) {
    return new ChildException(why, false);
  }

  boolean isOffered() {
    return offered;
  }
}
