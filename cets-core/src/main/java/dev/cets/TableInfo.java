package dev.cets;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * All that a node knows of one of its tables, at one moment.
 *
 * @param status its figures and links
 * @param nodes the nodes that are joined, this one included
 * @param grace how long records stay visible after their owner went down
 * @param retention how long hidden records are held whole; later by key and version only
 * @param bareRecords how many records are held by key and version only, because their owner has
 *     been away for longer than that
 * @param pauseHolders who holds back the writes of this node's callers, here or on another node:
 *     {@code node/thread}
 * @param pausedWrites how many writes wait for that
 * @param listeners how many listeners and subscribers this node tells of changes
 * @param nodesDown the last 100 losses of nodes, the latest first
 */
public record TableInfo(
    TableStatus status,
    List<String> nodes,
    Duration grace,
    Duration retention,
    int bareRecords,
    List<String> pauseHolders,
    int pausedWrites,
    int listeners,
    List<Loss> nodesDown) {

  /**
   * A node that went down.
   *
   * @param at when, by the clock of the node that tells
   */
  public record Loss(String node, Instant at) {}
}
