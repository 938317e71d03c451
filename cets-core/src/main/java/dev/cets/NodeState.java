package dev.cets;

/** Whether a node takes part in its cluster. */
public enum NodeState {
  /** It does, or tries to. */
  RUNNING,
  /**
   * A newer run of the same name lives, as after a restart elsewhere while this run was cut off.
   * This one has left for good; its tables are closed. It is still to be closed.
   */
  REPLACED
}
