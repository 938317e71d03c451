package dev.cets;

import java.util.Map;

/**
 * A table as its node sees it, at one moment.
 *
 * @param name the table's name
 * @param type {@code set}, {@code ordered-set} or {@code bag}
 * @param ownership what becomes of the records of a node that is down
 * @param records how many records are visible
 * @param hiddenRecords how many are held, but hidden, because their owner is down
 * @param unacknowledgedWrites how many writes of this node are not yet applied everywhere
 * @param unacknowledgedBytes their size
 * @param leader the node that serialises {@code insertNew} and its like, as this node sees it
 * @param links by the peer's name, the state of this table's link: {@code joined}, {@code joining},
 *     {@code linking}, or why there is none
 * @param linkDetails by the peer's name, what else is known of that link
 * @param mended how many versions comparisons with joined nodes found to differ that should not
 *     have, and made equal. Other than 0 is a defect, or memory that is broken
 * @param counters what else the node has counted of it
 */
public record TableStatus(
    String name,
    String type,
    Ownership ownership,
    int records,
    int hiddenRecords,
    int unacknowledgedWrites,
    long unacknowledgedBytes,
    String leader,
    Map<String, String> links,
    Map<String, LinkStatus> linkDetails,
    long mended,
    TableCounters counters) {}
