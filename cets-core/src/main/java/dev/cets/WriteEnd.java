package dev.cets;

import java.util.Set;

/**
 * How a write of this node's callers ended.
 *
 * @param table the table's name
 * @param operation what was asked for
 * @param result what came of it
 * @param notAnswered the nodes that had not answered by the deadline; empty unless the result is
 *     {@link Result#UNKNOWN}
 * @param nanos how long after the call, in nanoseconds
 */
public record WriteEnd(
    String table, Operation operation, Result result, Set<String> notAnswered, long nanos) {
  /** What a caller asks for; one of many records as well. */
  public enum Operation {
    /** {@code insert} and {@code insertMany}. */
    INSERT,
    /** {@code delete} and {@code deleteMany}. */
    DELETE,
    /** {@code deleteObject} and {@code deleteObjects}. */
    DELETE_OBJECT,
    /** {@code insertNew} and {@code insertNewOrLookup}. */
    INSERT_NEW,
    /** {@code insertSerial}. */
    INSERT_SERIAL,
    /** {@code replace}. */
    REPLACE
  }

  /** What came of a write. */
  public enum Result {
    /** Applied on every node that had to. */
    APPLIED,
    /** Not made, as its condition did not hold: a record of the key stood, or not the expected. */
    PRESENT,
    /** Nothing happened anywhere; see {@link NotAppliedException}. */
    NOT_APPLIED,
    /** Applied here, not acknowledged in time; see {@link UnknownOutcomeException}. */
    UNKNOWN
  }
}
