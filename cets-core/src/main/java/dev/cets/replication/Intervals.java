package dev.cets.replication;

import java.util.Arrays;

/**
 * The pieces of one origin's chain of writes that were taken in, each from (excluded) to
 * (included), sorted and apart from each other. Normally one piece, that begins at 0.
 */
final class Intervals {
  private static final int INITIAL = 4;

  /** from, to, from, to, ... */
  private long[] bounds;

  private int used;

  Intervals() {
    bounds = new long[INITIAL];
  }

  private Intervals(long[] bounds, int used) {
    this.bounds = bounds;
    this.used = used;
  }

  boolean isEmpty() {
    return used == 0;
  }

  int pieces() {
    return used / 2;
  }

  long from(int piece) {
    return bounds[2 * piece];
  }

  long to(int piece) {
    return bounds[2 * piece + 1];
  }

  boolean has(long stamp) {
    for (int i = used - 2; i >= 0; i -= 2) {
      if (stamp > bounds[i]) {
        return stamp <= bounds[i + 1];
      }
    }
    return false;
  }

  /** Is each piece of the other within a piece of this? */
  boolean hasAll(Intervals other) {
    for (int i = 0; i < other.used; i += 2) {
      if (!hasPiece(other.bounds[i], other.bounds[i + 1])) {
        return false;
      }
    }
    return true;
  }

  private boolean hasPiece(long from, long to) {
    for (int i = 0; i < used; i += 2) {
      if (bounds[i] <= from && to <= bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** The end of the piece that begins at 0; or 0. */
  long unbroken() {
    return used > 0 && bounds[0] == 0 ? bounds[1] : 0;
  }

  /** The last stamp of all pieces; or 0. */
  long last() {
    return used == 0 ? 0 : bounds[used - 1];
  }

  void add(long from, long to) {
    if (used > 0 && from >= bounds[used - 2] && from <= bounds[used - 1]) {
      bounds[used - 1] = Math.max(bounds[used - 1], to);
      return;
    }
    if (used > 0 && from > bounds[used - 1]) {
      append(from, to);
    } else {
      insert(from, to);
    }
  }

  private void append(long from, long to) {
    if (used == bounds.length) {
      bounds = Arrays.copyOf(bounds, used * 2);
    }
    bounds[used++] = from;
    bounds[used++] = to;
  }

  void addAll(Intervals other) {
    for (int i = 0; i < other.pieces(); i++) {
      add(other.from(i), other.to(i));
    }
  }

  /** Only the first piece stays. Never part of the protocol, see {@link Rule}. */
  void keepFirstPieceOnly() {
    used = Math.min(used, 2);
  }

  Intervals copy() {
    return new Intervals(Arrays.copyOf(bounds, Math.max(used, 2)), used);
  }

  private void insert(long from, long to) {
    int before = 0;
    while (before < used && bounds[before + 1] < from) {
      before += 2;
    }
    long low = from;
    long high = to;
    int after = before;
    while (after < used && bounds[after] <= high) {
      low = Math.min(low, bounds[after]);
      high = Math.max(high, bounds[after + 1]);
      after += 2;
    }
    int newUsed = used - (after - before) + 2;
    long[] target = newUsed > bounds.length ? new long[newUsed * 2] : bounds;
    System.arraycopy(bounds, after, target, before + 2, used - after);
    System.arraycopy(bounds, 0, target, 0, before);
    target[before] = low;
    target[before + 1] = high;
    bounds = target;
    used = newUsed;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Intervals other
        && Arrays.equals(bounds, 0, used, other.bounds, 0, other.used);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < used; i++) {
      hash = 31 * hash + Long.hashCode(bounds[i]);
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < used; i += 2) {
      text.append('(').append(bounds[i]).append(", ").append(bounds[i + 1]).append(']');
    }
    return text.toString();
  }
}
