package dev.cets.replication;

import org.jspecify.annotations.Nullable;

/**
 * A record with who wrote it and when. A bare one is known by these alone: its owner has been away
 * for so long that the record itself was let go of here. Immutable.
 */
public class Version<R> {
  private final Origin origin;
  private final @Nullable R record;
  private final long stamp;

  /** A record of this origin and stamp; null: a bare version. */
  public Version(Origin origin, long stamp, @Nullable R record) {
    this.origin = origin;
    this.stamp = stamp;
    this.record = record;
  }

  /** Whose write it is. */
  public final Origin origin() {
    return origin;
  }

  /** The stamp of that write. */
  public final long stamp() {
    return stamp;
  }

  /** When, by its origin's clock; in milliseconds since 1970. */
  public final long wallMillis() {
    return HybridClock.millis(stamp);
  }

  /** The record itself; null if the version is bare. */
  public final @Nullable R record() {
    return record;
  }

  /** Is its record not here? Then it is never shown, whoever its owner is. */
  public final boolean isBare() {
    return record == null;
  }

  /** The same without its record. */
  final Version<R> bare() {
    return new Version<>(origin, stamp, null);
  }

  final boolean is(Origin otherOrigin, long otherStamp) {
    return stamp == otherStamp && origin == otherOrigin;
  }

  /** The record if it is here, and its owner one whose records are shown now. */
  public final @Nullable R shown() {
    return origin.visible() ? record : null;
  }

  @Override
  public String toString() {
    return record + "@" + origin + "/" + stamp;
  }
}
