package dev.cets;

import java.time.Instant;
import java.util.List;

/**
 * A key that was written on several nodes without knowing of each other: its versions stand until
 * the next write of the key replaces them, or their owners go.
 *
 * @param table the table's name
 * @param versions two or more, those of nodes that are down included, unless they have been for so
 *     long that their record is not here (see {@link TableSpec#retention}); the latest last
 */
public record Conflict<K, R>(String table, K key, List<Version<R>> versions) {
  /**
   * One of them.
   *
   * @param node the name of the node that wrote it
   * @param incarnation the run of that node
   * @param writtenAt by that node's clock, or later where it has seen a later one
   */
  public record Version<R>(String node, String incarnation, Instant writtenAt, R record) {}
}
