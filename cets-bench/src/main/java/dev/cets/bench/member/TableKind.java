package dev.cets.bench.member;

/** What a table can be asked. */
public enum TableKind {
  /** A record by its key. Records stay when the node that wrote them goes. */
  SET,
  /** Also records in the order of keys. */
  ORDERED,
  /** As a set, but records are hidden when the node that wrote them goes. */
  OWNED
}
