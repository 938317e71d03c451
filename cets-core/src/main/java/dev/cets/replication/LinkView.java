package dev.cets.replication;

import org.jspecify.annotations.Nullable;

/**
 * A table's link with one peer, for the status. Times are how long ago something was, in
 * nanoseconds; -1: never.
 *
 * @param state {@link Replication#JOINED}, another word, or why there is none
 * @param forNanos how long it has been in that state
 * @param unacknowledgedWrites writes of this node that this peer has not acknowledged
 * @param unacknowledgedBytes their bytes
 * @param comparedNanos when the last comparison ended
 * @param equalNanos since when comparisons find nothing
 * @param otherNodes whether the peer replicates the table to another set of nodes than this one
 * @param transfer how far the pull that is under way is; null if there is none
 */
public record LinkView(
    String peer,
    String state,
    long forNanos,
    int unacknowledgedWrites,
    long unacknowledgedBytes,
    long comparedNanos,
    long equalNanos,
    boolean otherNodes,
    @Nullable Transfer transfer) {

  /** For a person: the state, and how far it is. */
  public String text() {
    return transfer == null ? state : state + ", has " + transfer;
  }
}
