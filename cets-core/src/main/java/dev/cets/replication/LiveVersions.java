package dev.cets.replication;

/**
 * The live versions of one key: normally one, several only if they were written without knowing of
 * each other. Immutable.
 */
public interface LiveVersions<K, R> {
  /** The key. */
  K key();

  /** The hash of the encoded key, the same on every node. */
  long hash();

  /** How many there are, 1 or more. */
  int count();

  /** One of them; 0 is the latest. */
  Version<R> version(int index);
}
