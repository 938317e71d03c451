package dev.cets.replication;

import org.jspecify.annotations.Nullable;

/**
 * The live versions of one key: normally one, several only if they were written without knowing of
 * each other. True until the key's next change; who needs it longer copies what it needs.
 */
public interface LiveVersions<K, R> {
  /** The key. */
  K key();

  /** The hash of the encoded key, the same on every node. */
  long hash();

  /** How many there are, 1 or more. */
  int count();

  /** What readers see: null if the owners of all are hidden. */
  @Nullable R visible();

  /** One of them; 0 is the latest. */
  Version<R> version(int index);
}
