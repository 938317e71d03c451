package dev.cets;

import java.util.List;
import java.util.Map;

/**
 * A cluster as each of its nodes sees it.
 *
 * @param nodes by name, what each node that answered knows, the asking one included
 * @param silent by name, why a node that is known to the asking one told nothing: it is not
 *     connected, or has not answered in time
 * @param records by table, then by node: how many records are visible there
 * @param disagreements where they see it differently, one sentence each
 */
public record ClusterStatus(
    Map<String, NodeStatus> nodes,
    Map<String, String> silent,
    Map<String, Map<String, Integer>> records,
    List<String> disagreements) {}
