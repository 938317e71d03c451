package dev.cets.node;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A caller that wants what discovery knows as of its call: from each back end the answer, or the
 * error, of the question that runs or is due. On the loop only.
 */
final class AskedWaiter {
  private final CompletableFuture<Void> asked;
  private final List<BackEnd> awaited = new ArrayList<>();

  AskedWaiter(CompletableFuture<Void> asked, List<BackEnd> backEnds, long nowNanos) {
    this.asked = asked;
    for (BackEnd backEnd : backEnds) {
      if (backEnd.schedule().answerDue(nowNanos)) {
        awaited.add(backEnd);
      }
    }
    completeIfNothingIsAwaited();
  }

  /** The back end has answered; true if nobody is awaited any more. */
  boolean isDoneWith(BackEnd backEnd, long nowNanos) {
    // Another question may be due at once, for what happened during this one.
    if (!backEnd.schedule().answerDue(nowNanos)) {
      awaited.remove(backEnd);
    }
    completeIfNothingIsAwaited();
    return isGone();
  }

  private void completeIfNothingIsAwaited() {
    if (awaited.isEmpty()) {
      asked.complete(null);
    }
  }

  /** Has the caller what it wants, or stopped waiting? */
  boolean isGone() {
    return asked.isDone();
  }

  void cancel() {
    asked.cancel(false);
  }
}
