package dev.cets;

/**
 * A table lost a node: it was linked, and is down.
 *
 * @param node its name
 * @param table the table's name
 * @param leads whether this node leads the table now, as it sees it; useful where one node is to
 *     act for all. After a split there may be two that do.
 */
public record NodeDown(String node, String table, boolean leads) {}
