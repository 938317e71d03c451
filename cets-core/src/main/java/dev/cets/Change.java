package dev.cets;

import org.jspecify.annotations.Nullable;

/**
 * One change of what readers of this node see of a table.
 *
 * @param key whose record changed
 * @param oldRecord what readers saw before; null if nothing
 * @param newRecord what they see from now on; null if nothing
 * @param cause why
 */
public record Change<K, R>(K key, @Nullable R oldRecord, @Nullable R newRecord, Cause cause) {
  /** What a change is to a reader. In a bag, what is said of the key holds for one record of it. */
  public enum Kind {
    /** There was no record under the key, and there is one now. */
    INSERT,
    /** Another record is under the key, or an equal one was written over it. Never in a bag. */
    UPDATE,
    /** There is no record under the key any more. */
    DELETE
  }

  /** Why something changed. */
  public enum Cause {
    /** A write of this node. */
    LOCAL,
    /** A write of a peer. */
    REMOTE,
    /**
     * The table was joined with a peer's, and this was there; also when a peer comes back whose
     * records were hidden.
     */
    JOIN,
    /** The record is hidden since the node that owns it is down, or dropped since it is gone. */
    NODE_DOWN,
    /**
     * The old and the new record were written without knowing of each other, as in a split, and
     * another one of them is shown now, or what a {@link Resolver} made of them.
     */
    CONFLICT
  }

  /** Inserted, updated or deleted? */
  public Kind kind() {
    if (oldRecord == null) {
      return Kind.INSERT;
    }
    return newRecord == null ? Kind.DELETE : Kind.UPDATE;
  }
}
