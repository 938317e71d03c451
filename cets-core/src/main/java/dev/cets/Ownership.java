package dev.cets;

/** What becomes of a record when the node that wrote it last goes down. */
public enum Ownership {
  /**
   * The record is hidden on every other node as soon as that node is known to be down, shown again
   * when the same run of the node comes back, and dropped when it restarts or leaves cleanly. For
   * what lives with a node: sessions, presence, registrations.
   */
  REMOVE_RECORDS,
  /** The record stays, whatever becomes of its writer. For what belongs to the cluster. */
  KEEP
}
