package dev.cets.replication;

/**
 * The versions in a range of hashes that a chunk does not tell one by one, as the puller has taken
 * in their writes: their {@link VersionSum}. The puller holds the same, or asks for them by name.
 */
record Rest(HashRange range, long low, long high) {
  /** About how many bytes it takes on the wire. */
  static final int BYTES = 4 * Long.BYTES;

  /** Of this range and the one behind it. */
  Rest and(Rest next) {
    HashRange both = new HashRange(range.from(), next.range.to());
    return new Rest(both, low + next.low, high + next.high);
  }

  /** Is it of these versions? */
  boolean isOf(VersionSum sum) {
    return low == sum.low() && high == sum.high();
  }
}
