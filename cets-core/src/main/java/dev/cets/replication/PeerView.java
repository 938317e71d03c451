package dev.cets.replication;

/**
 * A peer, for the status.
 *
 * @param incarnation which run of it, or empty while it has not said so
 * @param address where it is or was reached
 * @param up whether it is accepted
 * @param discovers whether it looks for nodes itself, as far as it is up
 * @param forNanos how long it has been so
 * @param reason why it is not up, or empty
 */
public record PeerView(
    String name,
    String incarnation,
    String address,
    boolean up,
    boolean discovers,
    long forNanos,
    String reason) {}
