package dev.cets.replication;

import dev.cets.wire.KeyHash;
import java.nio.charset.StandardCharsets;

/**
 * An incarnation as one table knows it: what was taken in of its writes, and whether its records
 * are shown. One object per table and incarnation, so that hiding all records of a node is the turn
 * of one flag.
 */
public final class Origin {
  private final Incarnation incarnation;
  private final long hash;
  private final Intervals seen = new Intervals();
  private volatile boolean visible;
  private int records;

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

  /** How many keys have a version of this origin and no other; kept by the store. */
  public int records() {
    return records;
  }

  /** Counts such keys. */
  public void addRecords(int count) {
    records += count;
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
