package dev.cets;

/**
 * What a node has counted since it began. 0 in what another node told.
 *
 * @param refusedNodes how often a node was met that cannot be accepted: of another cluster or
 *     version, with a clock that is off, or a name that is taken
 * @param refusedFrames frames of accepted nodes that were not what they should be, and were dropped
 * @param lateFrames frames of links that had ended meanwhile; some are to be expected when nodes
 *     come and go
 * @param nodesDown losses of nodes
 * @param lateTasks how often a transfer, an acknowledgement, discovery or a handler was found to
 *     take longer than 5 s
 * @param defects errors of this library; other than 0 is to be reported
 */
public record NodeCounters(
    long refusedNodes,
    long refusedFrames,
    long lateFrames,
    long nodesDown,
    long lateTasks,
    long defects) {
  static final NodeCounters NONE = new NodeCounters(0, 0, 0, 0, 0, 0);
}
