package dev.cets.replication;

/** Names a version of a key. Equal without a look at the hash, which follows from the key. */
record KeyVersion<K>(K key, long hash, Incarnation origin, long stamp) {
  @Override
  public boolean equals(Object o) {
    return o instanceof KeyVersion<?> other
        && stamp == other.stamp
        && key.equals(other.key)
        && origin.equals(other.origin);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Long.hashCode(stamp);
  }
}
