package dev.cets;

import dev.cets.node.NodeRuntime;
import dev.cets.replication.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** stub */
@SuppressWarnings("DoNotCallSuggester")
final class Writes {
  Writes(NodeRuntime runtime) {}

  static NodeRuntime start(NodeRuntime.Config config) {
    throw new UnsupportedOperationException();
  }

  static void awaitReady(NodeRuntime runtime, Duration deadline) {
    throw new UnsupportedOperationException();
  }

  Writes withDeadline(Duration deadline) {
    throw new UnsupportedOperationException();
  }

  long deadlineNanos() {
    throw new UnsupportedOperationException();
  }

  Receipt await(CompletableFuture<Outcome> outcome) {
    throw new UnsupportedOperationException();
  }

  CompletableFuture<Receipt> receipt(CompletableFuture<Outcome> outcome) {
    throw new UnsupportedOperationException();
  }
}
