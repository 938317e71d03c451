package dev.cets.replication;

import dev.cets.wire.KeyHash;
import java.nio.charset.StandardCharsets;

/**
 * An incarnation as one table knows it: what was taken in of its writes, and whether its records
 * are shown. One object per table and incarnation, so that hiding all records of a node is the turn
 * of one flag.
 */
public final class Origin {
  static final long NOT_AWAY = Long.MIN_VALUE;

  private final Incarnation incarnation;
  private final long hash;
  private final Intervals seen = new Intervals();
  private volatile boolean visible;
  private int records;
  private int withRecord;
  private int bare;
  private long awaySinceNanos = NOT_AWAY;

  Origin(Incarnation incarnation) {
    this.incarnation = incarnation;
    this.hash =
        KeyHash.mix(
            KeyHash.of(incarnation.name().getBytes(StandardCharsets.UTF_8)) ^ incarnation.start());
  }

  /** Who. */
  public Incarnation incarnation() {
    return incarnation;
  }

  /** A hash of the incarnation, the same on every node. */
  public long hash() {
    return hash;
  }

  /** Are its records shown to readers? */
  public boolean visible() {
    return visible;
  }

  /** Shows or hides its records. */
  public void visible(boolean shown) {
    visible = shown;
  }

  /** How many keys have a version of this origin, not a bare one, and no other. */
  public int records() {
    return records;
  }

  /** Counts such keys. */
  public void addRecords(int count) {
    records += count;
  }

  /** Counts one of its versions, as the store begins to hold it (1), or no longer does (-1). */
  public void count(Version<?> version, int sign) {
    if (version.isBare()) {
      bare += sign;
    } else {
      withRecord += sign;
    }
  }

  /** How many of its versions are here with their record. */
  int withRecord() {
    return withRecord;
  }

  /** How many are here without. */
  int bare() {
    return bare;
  }

  /** Since when its records are hidden and it is not linked, or {@link #NOT_AWAY}. */
  long awaySinceNanos() {
    return awaySinceNanos;
  }

  void awaySinceNanos(long nanos) {
    awaySinceNanos = nanos;
  }

  Intervals seen() {
    return seen;
  }

  boolean hasSeen(long stamp) {
    return seen.has(stamp);
  }

  @Override
  public String toString() {
    return incarnation.toString();
  }
}
