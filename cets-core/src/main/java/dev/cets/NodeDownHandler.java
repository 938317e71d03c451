package dev.cets;

/**
 * Is told of the nodes that a table loses: once for each loss, on the node's callback executor, or
 * elsewhere if that rejects it. It may block, and may read and write tables. A node that is back is
 * linked again when all handlers of its loss are done, or have had their time; so what they remove
 * does not meet what it brings. One that throws is logged, and counts as done.
 */
@FunctionalInterface
public interface NodeDownHandler {
  /** A table lost a node. */
  void nodeDown(NodeDown down);
}
