package dev.cets;

/**
 * What a node has counted of a table since the node began.
 *
 * @param transfers how often all that another node held was fetched as far as it was lacking:
 *     joins, and comparisons after a disturbance
 * @param transferredRecords records that came by transfers and comparisons
 * @param transferredBytes their bytes
 * @param comparisons comparisons with joined nodes that nothing had disturbed
 * @param differences versions that came or went by those; not all are defects, see {@link
 *     TableStatus#mended}
 * @param conflicts keys that were found to be written by several nodes without knowing of each
 *     other
 * @param resolverFailures how often the resolver gave no record
 * @param linksAgain how often a link with another node began anew since something was lost on it
 * @param listenerGaps how often a listener or subscriber was too slow, so that a gap was told
 */
public record TableCounters(
    long transfers,
    long transferredRecords,
    long transferredBytes,
    long comparisons,
    long differences,
    long conflicts,
    long resolverFailures,
    long linksAgain,
    long listenerGaps) {}
