package dev.cets.bench.member;

/** What became of a write that did not end well. */
public enum Outcome {
  /** Nothing happened anywhere. */
  REFUSED,
  /** It is here, and not known to be everywhere. */
  UNKNOWN,
  /** Neither, so a defect. */
  FAILED
}
