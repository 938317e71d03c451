package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.table.LocalTable;

/** stub */
@SuppressWarnings("DoNotCallSuggester")
final class Views {
  private Views() {}

  static <K, R> LocalTable<K, R> open(NodeRuntime runtime, TableSpec<K, R> spec) {
    throw new UnsupportedOperationException();
  }

  static TableStatus status(LocalTable<?, ?> table) {
    throw new UnsupportedOperationException();
  }

  static NodeStatus status(NodeRuntime runtime) {
    throw new UnsupportedOperationException();
  }
}
