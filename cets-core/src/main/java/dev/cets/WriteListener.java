package dev.cets;

/** Is told how the writes of a node's callers end; see {@link CetsNode#onWriteEnd}. */
@FunctionalInterface
public interface WriteListener {
  /**
   * A write ended. Called before its caller goes on, on the node's own loop or, if the write never
   * came there, on the caller's thread; by several threads at once. Must be quick, and must not
   * block: no other write goes on meanwhile. A listener that throws is not told any more, and that
   * is logged.
   */
  void ended(WriteEnd write);
}
