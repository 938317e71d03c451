package dev.cets.replication;

/**
 * The rules of the protocol that look fussy. Each is here because replicas go wrong without it, and
 * the simulator shows that: it breaks one rule at a time and must find the violation.
 */
public enum Rule {
  /** A removal that comes before the version that it removes is remembered. */
  REMEMBER_EARLY_REMOVALS,
  /** So is the removal of a version that came by a transfer while its own write is on its way. */
  REMEMBER_REMOVALS_OF_UNSEEN,
  /** A pull ends by asking about the versions that came from third nodes meanwhile. */
  CONFIRM_NEWCOMERS,
  /** Those that came by another pull are among them. */
  NEWCOMERS_OF_PULLS_TOO,
  /** A context tells all that was taken in, also beyond holes. */
  TELL_ALL_INTERVALS,
  /** Writes taken in beyond a hole are remembered as seen. */
  REMEMBER_BEYOND_HOLES,
  /** A pull takes over what the peer had seen when it began, not when it ended. */
  BASE_AT_START,
  /** What was read for an older link never goes out on a newer one. */
  BIND_TRANSFERS_TO_LINK,
  /** A chunk waits until the own streams have brought what it shows. */
  HOLD_UNTIL_CAUGHT_UP,
  /** The survivors of a node compare. */
  SURVIVORS_COMPARE,
  /** What makes an insertNew true is looked at when all have acknowledged it. */
  ANSWER_AT_COMPLETION,
  /** And not before all has come that peers had written when they acknowledged. */
  LOOK_WHEN_PEERS_WRITES_HAVE_COME,
  /** Who was granted a key writes it when what the leader holds of it has come. */
  WRITE_AFTER_WHAT_THE_LEADER_HOLDS,
  /** The oldest node serialises. Without it, a node refuses to lead: for tests of just that. */
  LEAD_WHEN_ASKED,
  /** A write is taken in before it is acknowledged. */
  TAKE_IN_BEFORE_ACKNOWLEDGING,
  /** Older hellos are ignored, and a new attempt is made only for a link that was open. */
  ANSWER_HELLOS_WITH_CARE,
  /** Records that are hidden or dropped with their owner are told to listeners one by one. */
  HIDE_AS_EVENTS,
  /** Changes that a listener's queue has no room for are told as a gap. */
  TELL_GAPS
}
