package dev.cets;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of a table with the other nodes found. Each node fetches what it lacks: this
 * one looks at what the others hold, and they look at it when they compare.
 *
 * @param table the table's name
 * @param nodes the finding for each other node, by name; a listed node that was never met is named
 *     by its address
 */
public record TableComparison(String table, Map<String, Finding> nodes) {
  /** Were all of them reached, and found equal? */
  public boolean isEqual() {
    return nodes.values().stream().allMatch(finding -> finding.state() == State.EQUAL);
  }

  /**
   * For one other node.
   *
   * @param versions how many versions of records came or went here to make it equal; 0 unless
   *     mended
   * @param equalSince since when comparisons with it have found nothing; null unless equal
   * @param reason why it is not known, one phrase; empty if it is
   */
  public record Finding(State state, int versions, @Nullable Instant equalSince, String reason) {}

  /** How a comparison ends. */
  public enum State {
    /** Nothing differed but writes that were on their way. */
    EQUAL,
    /** Something differed, and what that node holds is here now. */
    MENDED,
    /** Not known by the deadline: the comparison, or the join, was still under way. */
    BUSY,
    /** Not known: that node is down, has no such table, or went down meanwhile. */
    UNREACHABLE
  }
}
