package dev.cets.jgroups;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The members of the channel's view, as a back end of discovery. */
final class Members implements Discovery {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final long ANSWER_SECONDS = 10;

  /** Has the question answered on the loop. */
  private final Consumer<CompletableFuture<Set<NodeAddress>>> question;

  Members(Consumer<CompletableFuture<Set<NodeAddress>>> question) {
    this.question = question;
  }

  @Override
  public Set<NodeAddress> discover() throws IOException {
    CompletableFuture<Set<NodeAddress>> answer = new CompletableFuture<>();
    try {
      question.accept(answer);
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException | TimeoutException | ExecutionException e) {
      throw new IOException("the channel does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public String description() {
    return "members of the JGroups channel";
  }

  @Override
  public Duration longestInterval() {
    return INTERVAL;
  }
}
