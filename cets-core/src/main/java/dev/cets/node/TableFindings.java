package dev.cets.node;

import dev.cets.replication.Compared;
import java.util.List;
import java.util.Map;

/**
 * What a comparison of a table with all peers found.
 *
 * @param wallMillis when it ended, by this node's clock
 * @param found by peer
 * @param unavailable the listed nodes that are not connected
 */
public record TableFindings(
    long wallMillis, Map<String, Compared> found, List<String> unavailable) {}
