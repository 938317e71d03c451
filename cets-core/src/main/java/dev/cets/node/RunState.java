package dev.cets.node;

/** Whether a node takes part. */
public enum RunState {
  /** It does, or tries to. */
  RUNNING,
  /** A node of its name was in the cluster first, and lives: nobody lets this one in. */
  NAME_TAKEN,
  /** A newer run of its name lives; this one has ended. */
  REPLACED
}
