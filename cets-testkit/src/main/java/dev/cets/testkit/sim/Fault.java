package dev.cets.testkit.sim;

/** What was done to a cluster. */
public enum Fault {
  /** A pair was cut, or healed. */
  CUT_OR_HEAL,
  /** A pair was cut in one direction only. */
  CUT_ONE_WAY,
  /** Several pairs were cut one by one, and healed in another order. */
  SWIZZLE,
  /** A node was cut off from all others. */
  ISOLATE,
  /** A pair was cut to the end of the walk, though both reach the others. */
  LASTING_CUT,
  /** A pair's connection was lost with all that was on its way. */
  RESET,
  /** Frames took long in one direction, long enough to be taken for the other's silence. */
  DELAY,
  /** Frames on an open connection were lost. */
  LOSE,
  /** Frames arrived twice. */
  DUPLICATE,
  /** A node read slowly. */
  SLOW,
  /** A node ended without a word. */
  CRASH,
  /** A node ended at a step of a transfer. */
  CRASH_AT_CHECKPOINT,
  /** A node came back as a new incarnation. */
  RESTART,
  /** A node that was only cut off was started once more, at another address. */
  RESTART_ELSEWHERE,
  /** A node left cleanly. */
  LEAVE,
  /** An operator gave up a node that was cut off. */
  FORGET,
  /** A node did nothing for a while. */
  PAUSE,
  /** A node's wall clock jumped. */
  CLOCK,
  /** It jumped by days, and the node was restarted when that was set right. */
  FAR_CLOCK,
  /** A node compared with its peers. */
  COMPARE,
  /** A node began its links anew. */
  LINK_AGAIN
}
