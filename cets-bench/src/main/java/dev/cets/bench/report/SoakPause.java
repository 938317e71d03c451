package dev.cets.bench.report;

/**
 * A time in which one node was stopped.
 *
 * @param node which, from 0
 * @param fromSeconds since the soak began
 * @param toSeconds when it went on
 * @param writingSeconds how long after that every writer of every node had ended a write well
 * @param joinedSeconds how long after that all nodes were joined
 * @param equalSeconds how long after that all nodes had found each other equal
 */
public record SoakPause(
    int node,
    double fromSeconds,
    double toSeconds,
    double writingSeconds,
    double joinedSeconds,
    double equalSeconds) {
  /** How long it was stopped. */
  public double lengthSeconds() {
    return toSeconds - fromSeconds;
  }
}
