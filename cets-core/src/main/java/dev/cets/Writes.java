package dev.cets;

import dev.cets.node.NodeConfig;
import dev.cets.node.NodeRuntime;
import dev.cets.replication.Durations;
import dev.cets.replication.Outcome;
import dev.cets.spi.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Turns outcomes into receipts and exceptions, and waits for them. */
final class Writes {
  /** The loop answers by the deadline itself; this much later the caller does not wait for it. */
  static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final NodeRuntime runtime;
  private final long deadlineNanos;

  Writes(NodeRuntime runtime) {
    this(runtime, runtime.settings().writeDeadline());
  }

  private Writes(NodeRuntime runtime, Duration deadline) {
    this.runtime = runtime;
    this.deadlineNanos = Durations.saturatedNanos(positive("deadline", deadline));
  }

  static Duration positive(String what, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("the " + what + " is " + time + "; it must be positive");
    }
    return time;
  }

  static NodeRuntime start(NodeConfig config) {
    try {
      return NodeRuntime.start(config, event -> {});
    } catch (IOException e) {
      throw new CetsException(String.valueOf(e.getMessage()), e);
    }
  }

  Writes withDeadline(Duration deadline) {
    return new Writes(runtime, deadline);
  }

  long deadline() {
    return runtime.loop().nanoTime() + deadlineNanos;
  }

  /** The deadline of a call that is going to wait, if it may. */
  long blockingDeadline() {
    checkMayBlock(runtime);
    return deadline();
  }

  static void checkMayBlock(NodeRuntime runtime) {
    if (runtime.loop().inLoop()) {
      throw new IllegalStateException(
          "a blocking call on the node's own loop would never end; use the async one");
    }
  }

  Receipt await(CompletableFuture<Outcome> outcome) {
    return receipt(end(outcome));
  }

  /** Waits as well. */
  Outcome end(CompletableFuture<Outcome> outcome) {
    EventLoop loop = runtime.loop();
    try {
      if (outcome.isDone() || loop.await(outcome, deadlineNanos + GRACE_NANOS)) {
        return outcome.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnknownOutcomeException("interrupted while the write was on its way", Set.of());
    }
    throw new UnknownOutcomeException(
        "node " + runtime.name() + " itself does not answer", Set.of(runtime.name()));
  }

  CompletableFuture<Receipt> receipt(CompletableFuture<Outcome> outcome) {
    return outcome.thenApply(Writes::receipt);
  }

  /** Was a write on a condition made? */
  static boolean made(Outcome outcome) {
    if (outcome instanceof Outcome.Present) {
      return false;
    }
    receipt(outcome);
    return true;
  }

  /** What stood in its way; empty if it was made. */
  @SuppressWarnings("unchecked") // the loop tells records of this very table
  static <R> List<R> standing(Outcome outcome) {
    if (outcome instanceof Outcome.Present present) {
      return (List<R>) present.standing();
    }
    receipt(outcome);
    return List.of();
  }

  /** Waits for the answers of other nodes to something that is no write. */
  Receipt answered(String what, CompletableFuture<Outcome> call) {
    Outcome outcome = end(call);
    return switch (outcome) {
      case Outcome.NotApplied not ->
          throw new NotAppliedException("no " + what + ": " + not.reason());
      case Outcome.Unknown unknown ->
          throw new UnknownOutcomeException(
              what
                  + ": "
                  + unknown.reason()
                  + " ("
                  + Duration.ofNanos(deadlineNanos)
                  + ") before these nodes answered: "
                  + unknown.notAnswered(),
              unknown.notAnswered());
      case Outcome.Applied applied -> receipt(applied);
      case Outcome.Present present -> receipt(present);
    };
  }

  private static Receipt receipt(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied applied -> new Receipt(applied.by(), applied.left(), applied.changes());
      case Outcome.Present present ->
          throw new IllegalStateException("a write without a condition met one: " + present);
      case Outcome.NotApplied not -> throw new NotAppliedException("not applied: " + not.reason());
      case Outcome.Unknown unknown ->
          throw new UnknownOutcomeException(
              "applied here, but "
                  + unknown.reason()
                  + " before these nodes answered: "
                  + unknown.notAnswered(),
              unknown.notAnswered());
    };
  }
}
