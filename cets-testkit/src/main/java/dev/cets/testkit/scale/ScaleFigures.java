package dev.cets.testkit.scale;

/**
 * What a cluster of some size costs. All costs are of all nodes together.
 *
 * @param nodes how many nodes
 * @param records how many records are in the one table
 * @param links pairs of nodes that replicate the table to each other
 * @param insert one insert, waited for
 * @param insertAtWriter the part of its processor time that the writer's node takes, in
 *     microseconds
 * @param bulkRecord one record in a write of 100
 * @param idleSecond a second in which nobody writes, without comparisons
 * @param comparison one node compares the table with all others
 * @param contextBytes the size of a message that tells what a node has taken in
 * @param join one more node comes, until all are joined with it
 * @param joinChunkBytes those of its bytes that are in chunks of records
 */
public record ScaleFigures(
    int nodes,
    int records,
    int links,
    Cost insert,
    double insertAtWriter,
    Cost bulkRecord,
    Cost idleSecond,
    Cost comparison,
    double contextBytes,
    Cost join,
    double joinChunkBytes) {}
