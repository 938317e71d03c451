package dev.cets.testkit.sim;

import dev.cets.replication.Outcome;
import dev.cets.testkit.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Every call ends by its deadline, unless its node crashed. */
final class CallCheck implements Checker {
  /** A node looks at deadlines now and then; and who is paused looks at none. */
  private static final long LATE_NANOS = Duration.ofSeconds(1).toNanos();

  private record Begun(
      SimulatedNode node,
      @Nullable Object run,
      String name,
      long deadlineNanos,
      CompletableFuture<Outcome> call) {}

  private final SimulatedNetwork network;
  private final Verdict verdict;
  private final List<Begun> open = new ArrayList<>();

  CallCheck(SimulatedNetwork network, Verdict verdict) {
    this.network = network;
    this.verdict = verdict;
  }

  void begun(SimulatedNode node, String name, Duration deadline, CompletableFuture<Outcome> call) {
    open.add(new Begun(node, node.run(), name, network.now() + deadline.toNanos(), call));
  }

  @Override
  public void step() {
    open.removeIf(begun -> begun.call().isDone() || begun.node().crashed(begun.run()));
    verdict.check("every call ends", this::overdue);
  }

  @Override
  public void end() {
    step();
  }

  private @Nullable String overdue() {
    for (Begun begun : open) {
      long due = Math.max(begun.deadlineNanos(), begun.node().pausedUntilNanos()) + LATE_NANOS;
      boolean left = !Objects.equals(begun.node().run(), begun.run());
      if (left || network.now() > due) {
        return (left ? "closed, but " : "its time is over, but ")
            + begun.name()
            + " at "
            + begun.node().name()
            + " does not end";
      }
    }
    return null;
  }
}
