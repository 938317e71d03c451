package dev.cets.replication;

import org.jspecify.annotations.Nullable;

/** A record with who wrote it and when. Immutable. */
public class Version<R> {
  private final Origin origin;
  private final R record;
  private final long stamp;

  /** A record of this origin and stamp. */
  public Version(Origin origin, long stamp, R record) {
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

  /** The record itself. */
  public final R record() {
    return record;
  }

  final boolean is(Origin otherOrigin, long otherStamp) {
    return stamp == otherStamp && origin == otherOrigin;
  }

  /** The record if its owner is one whose records are shown now. */
  public final @Nullable R shown() {
    return origin.visible() ? record : null;
  }

  @Override
  public String toString() {
    return record + "@" + origin + "/" + stamp;
  }
}
