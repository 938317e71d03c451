package dev.cets;

import dev.cets.node.Answer;
import dev.cets.node.NodeRuntime;
import dev.cets.replication.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Waits for several calls, with one deadline. */
final class Calls {
  private Calls() {}

  static <T> List<CallOutcome<T>> awaitAll(
      NodeRuntime runtime,
      List<? extends CompletableFuture<? extends T>> calls,
      Duration deadline) {
    Writes.checkMayBlock(runtime);
    long nanos = Durations.saturatedNanos(Writes.positive("deadline", deadline));
    CompletableFuture<Void> all = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
    try {
      if (runtime.loop().await(all, nanos)) {
        return outcomes(calls, null);
      }
    } catch (InterruptedException e) {
      List<CallOutcome<T>> soFar =
          outcomes(calls, notEnded(runtime, "the wait for all was interrupted"));
      Thread.currentThread().interrupt();
      return soFar;
    }
    return outcomes(calls, notEnded(runtime, "the wait for all ended after " + deadline));
  }

  private static <T> List<CallOutcome<T>> outcomes(
      List<? extends CompletableFuture<? extends T>> calls,
      @Nullable UnknownOutcomeException notEnded) {
    List<CallOutcome<T>> outcomes = new ArrayList<>(calls.size());
    for (CompletableFuture<? extends T> call : calls) {
      outcomes.add(
          notEnded == null || call.isDone() ? outcome(call) : new CallOutcome.Failed<>(notEnded));
    }
    return outcomes;
  }

  private static <T> CallOutcome<T> outcome(CompletableFuture<? extends T> ended) {
    try {
      return new CallOutcome.Done<>(ended.join());
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      return new CallOutcome.Failed<>(
          cause instanceof CetsException known
              ? known
              : new CetsException("the call failed: " + cause, cause == null ? e : cause));
    } catch (CancellationException e) {
      return new CallOutcome.Failed<>(new CetsException("the call was cancelled", e));
    }
  }

  private static UnknownOutcomeException notEnded(NodeRuntime runtime, String why) {
    Answer<Set<String>> asked = runtime.requests().notAnswered();
    Set<String> names = asked.value();
    Set<String> notAnswered = names == null ? Set.of(runtime.name()) : names;
    return new UnknownOutcomeException(
        why
            + "; this call goes on. Nodes that something waited for then: "
            + new TreeSet<>(notAnswered),
        notAnswered);
  }
}
