package dev.cets.node;

/** Is told that a table lost a node. */
@FunctionalInterface
public interface LossHandler {
  /** May block, and may throw. */
  void lost(String table, String node, boolean leads);
}
