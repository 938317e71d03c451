package dev.cets.replication;

/** Adds up the hashes of versions, as the digests of a store do. */
final class VersionSum {
  private long low;
  private long high;

  /** One more, of the key with this hash. */
  void add(long keyHash, Version<?> version) {
    long name = VersionHash.name(keyHash, version.origin());
    long first = VersionHash.low(name, version.stamp());
    low += first;
    high += VersionHash.high(name, first);
  }

  long low() {
    return low;
  }

  long high() {
    return high;
  }
}
