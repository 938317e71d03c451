package dev.cets.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees what happens to writes, for checkers that are apart from the protocol. Never throws. */
public interface Witness {
  /** Sees nothing. */
  Witness NONE = new Witness() {};

  /**
   * A change; the versions that it replaces by name only.
   *
   * @param record what stands for the key from then on; null if nothing of this write does
   */
  record SeenChange(Object key, @Nullable Object record, List<SeenVersion> replaces) {
    /** Does a version of this write stand from then on? */
    public boolean inserts() {
      return record != null;
    }
  }

  /** A version, by name. */
  record SeenVersion(Incarnation origin, long stamp) {}

  /** Does it want to see anything? */
  default boolean looks() {
    return false;
  }

  /** A node applied a write of its own. */
  default void written(String table, Incarnation origin, long stamp, List<SeenChange> changes) {}

  /** A message came over an open link; the text is for people. */
  default void received(String table, Incarnation at, Incarnation from, Object message) {}

  /** A node took a version from a transfer, not from its origin's own stream. */
  default void copied(String table, Incarnation at, Incarnation origin, long stamp) {}

  /** Everybody who has to has acknowledged it. */
  default void completed(String table, Incarnation origin, long stamp) {}
}
