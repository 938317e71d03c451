package dev.cets.replication;

/**
 * What a comparison with one peer found.
 *
 * @param versions how many versions came or went here by it
 * @param equalNanos for how long comparisons with this peer have found nothing, in nanoseconds; -1
 *     unless equal
 * @param reason why there is no finding, or empty
 */
public record Compared(State state, int versions, long equalNanos, String reason) {
  /** How it ended. */
  public enum State {
    /** Nothing differed but writes on their way. */
    EQUAL,
    /** What the peer has is here now. */
    MENDED,
    /** It has not ended in time. */
    BUSY,
    /** There is no link with this peer. */
    UNREACHABLE
  }

  static Compared busy(String reason) {
    return new Compared(State.BUSY, 0, Findings.NEVER, reason);
  }

  static Compared unreachable(String reason) {
    return new Compared(State.UNREACHABLE, 0, Findings.NEVER, reason);
  }
}
