package dev.cets.node;

import dev.cets.spi.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Brings what callers ask of a node to its loop, and waits for the answer. */
final class Questions {
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final String CLOSED = "the node is closed";

  private final String node;
  private final Inbox inbox;
  private final BooleanSupplier closed;

  Questions(String node, Inbox inbox, BooleanSupplier closed) {
    this.node = node;
    this.inbox = inbox;
    this.closed = closed;
  }

  /**
   * Asks, and waits for a while. What nobody waits for any more is not asked later: else a table
   * would open, or a pause begin, behind a caller who was told that it did not.
   */
  <T> Answer<T> ask(Supplier<Answer<T>> question) {
    if (closed.getAsBoolean()) {
      return Answer.refused(CLOSED);
    }
    EventLoop loop = inbox.loop();
    if (loop.inLoop()) {
      return question.get();
    }
    CompletableFuture<Answer<T>> answer = new CompletableFuture<>();
    AtomicBoolean decided = new AtomicBoolean();
    inbox.submit(
        () -> {
          if (!decided.getAndSet(true)) {
            answer(question, answer);
          }
        });
    String problem = "node " + node + " does not answer";
    try {
      if (loop.await(answer, ANSWER_NANOS)) {
        return answer.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problem = "interrupted";
    }
    return decided.getAndSet(true)
        ? answer.join() // the loop is at it right now
        : Answer.refused(problem);
  }

  private <T> void answer(Supplier<Answer<T>> question, CompletableFuture<Answer<T>> answer) {
    try {
      answer.complete(closed.getAsBoolean() ? Answer.refused(CLOSED) : question.get());
    } finally { // nobody waits for ever for one that fails
      answer.complete(Answer.refused("node " + node + " failed at it"));
    }
  }
}
