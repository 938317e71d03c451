package dev.cets.replication;

/** What the comparisons over one link found so far. */
final class Findings {
  static final long NEVER = -1;

  private long comparedNanos = NEVER;
  private long equalSinceNanos = NEVER;
  private long disturbances = NEVER;
  private long calm;

  /** When the last comparison ended, or {@link #NEVER}. */
  long comparedNanos() {
    return comparedNanos;
  }

  /**
   * When the first of those that found nothing in a row ended: nothing but writes that were on
   * their way. Or {@link #NEVER}, if the last one found something.
   */
  long equalSinceNanos() {
    return equalSinceNanos;
  }

  /** At which count of disturbances the last pull began and ended; or {@link #NEVER}. */
  long disturbances() {
    return disturbances;
  }

  /** The calm of the other side at the last pull; 0: none. */
  long calm() {
    return calm;
  }

  void ended(boolean changed, long disturbancesThen, long calmThen, long nowNanos) {
    calm = calmThen;
    comparedNanos = nowNanos;
    disturbances = disturbancesThen;
    if (changed) {
      equalSinceNanos = NEVER;
    } else if (equalSinceNanos == NEVER) {
      equalSinceNanos = nowNanos;
    }
  }
}
