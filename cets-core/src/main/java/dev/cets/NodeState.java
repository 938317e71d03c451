package dev.cets;

/** Whether a node takes part in its cluster. */
public enum NodeState {
  /** It does, or tries to. */
  RUNNING,
  /**
   * A node of this name was in the cluster first, and lives: no other node lets this one in while
   * it does. Names must differ; or the other is a former run that was not ended.
   */
  NAME_TAKEN,
  /**
   * A newer run of the same name lives, as after a restart elsewhere while this run was cut off.
   * This one has left for good; its tables are closed. It is still to be closed.
   */
  REPLACED
}
