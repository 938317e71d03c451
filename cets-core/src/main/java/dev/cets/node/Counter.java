package dev.cets.node;

/** What a node counts while it runs. */
public enum Counter {
  /** Frames that were not what they should be. */
  FRAMES_REFUSED,
  /** Messages of links that were no more. */
  STALE_REFUSED,
  /** How often a node was met that cannot be accepted. */
  NODES_REFUSED,
  /** Losses of nodes. */
  NODES_DOWN,
  /** Tasks that took long, each time that was told. */
  TASKS_LATE,
  /** Defects of this library. */
  DEFECTS,
  /** Links that began anew; of a table. */
  LINKS_AGAIN,
  /** Keys whose versions were written without knowing of each other; of a table. */
  CONFLICTS,
  /** Resolvers that gave no record; of a table. */
  RESOLVER_FAILURES,
  /** Pulls that brought all, and were no comparisons; of a table. */
  TRANSFERS,
  /** Records that pulls of any kind brought; of a table. */
  TRANSFERRED_RECORDS,
  /** Their bytes; of a table. */
  TRANSFERRED_BYTES,
  /** Comparisons that ended; of a table. */
  COMPARISONS,
  /** Versions that came or went by comparisons; of a table. */
  DIFFERENCES,
  /** Versions that comparisons had to mend; of a table. */
  MENDED_VERSIONS
}
