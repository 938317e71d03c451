package dev.cets.replication;

/**
 * A peer, for the status.
 *
 * @param incarnation which run of it, or empty while it has not said so
 * @param discovers whether it looks for nodes itself
 */
public record PeerView(String name, String incarnation, boolean up, boolean discovers) {}
