package dev.cets.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A write that a caller of this node asks for. Keys and records are encoded already, by the
 * caller's thread.
 *
 * @param items no two of the same key, unless it is records that are to be removed
 * @param expected what has to stand for a {@link Kind#REPLACE}
 * @param deadlineNanos on the loop's clock
 */
public record LocalWrite<K, R>(
    Kind kind,
    List<Item<K, R>> items,
    @Nullable Item<K, R> expected,
    long deadlineNanos,
    Call call) {
  /** One that expects nothing. */
  public LocalWrite(Kind kind, List<Item<K, R>> items, long deadlineNanos, Call call) {
    this(kind, items, null, deadlineNanos, call);
  }

  /** What is to become of the keys. */
  public enum Kind {
    /** The record stands. */
    INSERT,
    /** No record stands. */
    DELETE,
    /** No record stands, if it is exactly this one that does. */
    DELETE_OBJECT,
    /** Nothing changes; complete when all that was written before is. No items. */
    BARRIER,
    /** The record stands, if none of its group does; serialised by the leader. One item. */
    INSERT_NEW,
    /** The record stands; serialised by the leader. One item. */
    INSERT_SERIAL,
    /** The record stands, if the expected one does; serialised by the leader. One item. */
    REPLACE;

    /** Does the leader serialise it? */
    boolean isSerial() {
      return this == INSERT_NEW || this == INSERT_SERIAL || this == REPLACE;
    }
  }

  /**
   * One key.
   *
   * @param record the record to stand, or to be compared with
   * @param recordBytes its encoded form
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record Item<K, R>(
      K key, long hash, byte[] keyBytes, @Nullable R record, byte @Nullable [] recordBytes) {}
}
