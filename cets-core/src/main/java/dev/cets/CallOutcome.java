package dev.cets;

/** How one of several calls stood when {@link CetsNode#awaitAll} returned. */
public sealed interface CallOutcome<T> {
  /** What the call brought. */
  record Done<T>(T value) implements CallOutcome<T> {}

  /**
   * Why there is nothing: {@link NotAppliedException} or {@link UnknownOutcomeException}, or
   * another one whose cause is what the call ended with.
   */
  record Failed<T>(CetsException reason) implements CallOutcome<T> {
    @Override
    public T value() {
      throw reason;
    }
  }

  /**
   * What the call brought.
   *
   * @throws CetsException if it has failed, or had not ended
   */
  T value();
}
