package dev.cets.node;

import dev.cets.replication.Losses.Loss;
import java.time.Duration;
import java.util.List;

/**
 * What a table knows besides its status.
 *
 * @param joinedNodes this one included
 * @param grace how long records stay visible after their owner went down
 * @param retention how long they are held whole after that
 * @param bareVersions how many versions are held without their record
 * @param pauseHolders who holds back writes of this node's callers
 * @param pausedWrites how many wait for that
 * @param losses the nodes that went down, the latest first
 */
public record TableDetails(
    List<String> joinedNodes,
    Duration grace,
    Duration retention,
    int bareVersions,
    List<String> pauseHolders,
    int pausedWrites,
    List<Loss> losses) {}
