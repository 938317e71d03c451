package dev.cets;

import java.time.Duration;
import java.time.Instant;

/**
 * Another node, as a node sees it at one moment.
 *
 * @param node its name
 * @param incarnation which run of it; empty if it has not said so
 * @param address where it is, or was last; {@code host:port}
 * @param up whether it is connected and accepted
 * @param since since when that is so
 * @param duration how long that has been so; not disturbed by clocks that are set
 * @param reason why it is not up; empty if it is
 */
public record PeerStatus(
    String node,
    String incarnation,
    String address,
    boolean up,
    Instant since,
    Duration duration,
    String reason) {}
