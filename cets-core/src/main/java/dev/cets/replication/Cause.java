package dev.cets.replication;

/** What changes of a store are due to. */
public enum Cause {
  /** A write of this node. */
  LOCAL,
  /** A write that came by a peer's stream. */
  REMOTE,
  /** A transfer from a peer, or its end, when the records of the peer are shown. */
  JOIN,
  /** The owner is down, or given up. */
  NODE_DOWN,
  /** Another of several live versions of the key is shown, or what a resolver made of them. */
  CONFLICT
}
