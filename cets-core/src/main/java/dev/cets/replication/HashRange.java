package dev.cets.replication;

/** The hashes from one to another, both included, compared unsigned. */
record HashRange(long from, long to) {
  /** All of them. */
  static final HashRange ALL = new HashRange(0, -1);

  /** The range of a bucket in a partition into 2^bits. */
  static HashRange ofBucket(int bits, int bucket) {
    int shift = Long.SIZE - bits;
    long from = (long) bucket << shift;
    return new HashRange(from, from | ((1L << shift) - 1));
  }

  /** The range of the bucket that a hash is in. */
  static HashRange holding(int bits, long hash) {
    return ofBucket(bits, bucket(bits, hash));
  }

  /** The number of the bucket that a hash is in, in a partition into 2^bits. */
  static int bucket(int bits, long hash) {
    return (int) (hash >>> (Long.SIZE - bits));
  }

  boolean isBefore(HashRange other) {
    return to + 1 == other.from && to != -1;
  }

  boolean endsBefore(long hash) {
    return Long.compareUnsigned(to, hash) < 0;
  }

  /** How much of all hashes it is, from 0 to 1. */
  double share() {
    long width = to - from;
    return (width >>> 1) / 0x1.0p63 + 0x1.0p-64;
  }

  boolean holds(long hash) {
    return Long.compareUnsigned(from, hash) <= 0 && Long.compareUnsigned(hash, to) <= 0;
  }
}
