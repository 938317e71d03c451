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
  /** Its end is when what the peer had seen is known here, also if all was equal. */
  LEARN_THE_BASE,
  /** Chunks are numbered, so that it is noticed if one was lost, also if another came twice. */
  COUNT_CHUNKS,
  /** A chunk that is cut among the keys of one hash says nothing of those beyond the cut. */
  CUT_WITHIN_A_HASH,
  /** What a chunk leaves out, as its puller has it, is compared: it may have been removed there. */
  COMPARE_WHAT_IS_LEFT_OUT,
  /** Hidden versions travel as all others do: who is down is no matter of what is held. */
  TELL_HIDDEN_TOO,
  /** So do bare ones, by name: that their records were let go of is no matter of that either. */
  TELL_BARE_TOO,
  /** A chunk waits until the own streams have brought what it shows; so does the end of a join. */
  HOLD_UNTIL_CAUGHT_UP,
  /** And until the link of a node whose records are shown has brought those that it lacks. */
  AWAIT_THE_OWNER,
  /** The survivors of a node compare. */
  SURVIVORS_COMPARE,
  /** Again when the second of two has noticed: the first may have compared too early. */
  COMPARE_WHEN_BOTH_NOTICED,
  /**
   * Who has pulled is joined when writes wait for it, and what was complete without it has come.
   */
  JOINED_WHEN_AWAITED,
  /**
   * Writes wait for it from when it was told so, and not only from when it says that it is joined.
   */
  AWAIT_WHO_WAS_TOLD,
  /** A write takes away what its node held of a key, and nothing else. */
  REMOVE_ONLY_WHAT_WAS_HELD,
  /** A version that was removed before it came is not added when it comes. */
  HEED_EARLY_REMOVALS,
  /** A write tells which one came before it, so that a missing one is noticed. */
  REMEMBER_PREDECESSORS,
  /** Where one is missing, the link begins anew. */
  MEND_HOLES,
  /** Also of those that a link brought before it was joined. */
  MISS_NOTHING_WHILE_JOINING,
  /** A write whose version came by a transfer before does not add it again. */
  KNOW_VERSIONS_BY_NAME,
  /** An insert into a bag leaves equal records of other nodes alone: they belong to both. */
  LEAVE_OTHERS_THEIR_RECORDS,
  /** A transfer ends with its link, and is not gone on with on the next one. */
  END_TRANSFERS_WITH_THEIR_LINK,
  /** What came on a link that is no more is not acknowledged. */
  ACKNOWLEDGE_NOTHING_STALE,
  /** A beat tells how far its sender has joined: the word of that may have been lost. */
  TELL_JOINED_IN_BEATS,
  /** The records of a node that is down are hidden. */
  HIDE_WHO_IS_DOWN,
  /** Those of a joined node are shown. */
  SHOW_WHO_IS_JOINED,
  /** But not before the records of them that were let go of have been fetched. */
  SHOW_ONLY_WITH_RECORDS,
  /** An incarnation that was given up is not accepted again. */
  REFUSE_WHO_IS_GONE,
  /** Nor is anything taken that others still hold of it. */
  TAKE_NOTHING_OF_THE_GONE,
  /** It is given up when a newer one came or it left, but not because it is down. */
  GIVE_UP_ON_PROOF,
  /** What makes an insertNew true is looked at when all have acknowledged it. */
  ANSWER_AT_COMPLETION,
  /** And not before all has come that peers had written when they acknowledged. */
  LOOK_WHEN_PEERS_WRITES_HAVE_COME,
  /** Who was granted a key writes it when what the leader holds of it has come. */
  WRITE_AFTER_WHAT_THE_LEADER_HOLDS,
  /** A ping is answered when all that was written before it has been acknowledged. */
  PING_BEHIND_WRITES,
  /** It does not name a peer that is still joining: what was written before may not be there. */
  PING_NAMES_WHO_HAS_JOINED,
  /** What callers write while a table is paused waits for the end of that. */
  WAIT_WHILE_PAUSED,
  /** The oldest node serialises. Without it, a node refuses to lead: for tests of just that. */
  LEAD_WHEN_ASKED,
  /** A write is taken in before it is acknowledged. */
  TAKE_IN_BEFORE_ACKNOWLEDGING,
  /** Older hellos are ignored, and a new attempt is made only for a link that was open. */
  ANSWER_HELLOS_WITH_CARE,
  /** A resolver gets the versions of a key in the order of their stamps, not as they came. */
  RESOLVE_IN_STAMP_ORDER,
  /** Records that are hidden or dropped with their owner are told to listeners one by one. */
  HIDE_AS_EVENTS,
  /** Changes that a listener's queue has no room for are told as a gap. */
  TELL_GAPS
}
