package dev.cets.node;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** The state of a node, and who is told of its changes, in their order. */
final class RunStates {
  private final List<Handover<RunState>> handlers;
  private volatile RunState state = RunState.RUNNING;

  RunStates(List<Consumer<RunState>> handlers, Executor callbacks) {
    this.handlers =
        handlers.stream()
            .map(handler -> new Handover<>(callbacks, "a handler of the node's state", handler))
            .toList();
  }

  RunState now() {
    return state;
  }

  /** On the loop only. Who was replaced stays so. */
  void to(RunState next) {
    if (state != next && state != RunState.REPLACED) {
      state = next;
      handlers.forEach(handler -> handler.add(next));
    }
  }
}
