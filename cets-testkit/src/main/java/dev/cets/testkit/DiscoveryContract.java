package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * What {@link Discovery} asks of a back end. Extend it in the tests of your own: say what it is,
 * how its source comes to know nodes, and how it is made unreadable. A test of something that a
 * back end cannot be brought to is skipped.
 */
public abstract class DiscoveryContract {
  /** How long a question may take, as the SPI says. */
  private static final Duration QUESTION_LIMIT = Duration.ofSeconds(30);

  /** For back ends to be made in the tests. */
  protected DiscoveryContract() {}

  /** A back end whose source knows just these nodes from now on. */
  protected abstract Discovery knowing(Set<NodeAddress> nodes) throws Exception;

  /** Four nodes, or more, that the source can know. */
  protected List<NodeAddress> nodes() {
    return List.of(
        new NodeAddress("a.example", 7800),
        new NodeAddress("127.0.0.2", 7801),
        new NodeAddress("::1", 7802),
        new NodeAddress("does-not-resolve.invalid", 7803));
  }

  /** What it tells beside what its source was made to know, such as the asking node. */
  protected Set<NodeAddress> alwaysTold() {
    return Set.of();
  }

  final void assertTold(Discovery backEnd, Set<NodeAddress> nodes) throws Exception {
    Set<NodeAddress> all = new TreeSet<>(nodes);
    all.addAll(alwaysTold());
    assertThat(ask(backEnd)).containsExactlyInAnyOrderElementsOf(all);
  }

  /** On a thread of its own each time, as a node does. */
  static Set<NodeAddress> ask(Discovery backEnd) throws Exception {
    CompletableFuture<Set<NodeAddress>> answer = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                answer.complete(backEnd.discover());
              } catch (IOException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
              }
            });
    try {
      return answer.get(QUESTION_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + QUESTION_LIMIT, e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException unknown ? unknown : e;
    }
  }

  final Set<NodeAddress> some(int from, int to) {
    return new TreeSet<>(nodes().subList(from, to));
  }

  @Test
  void discover_nodesAreKnown_tellsThemAll() throws Exception {
    assertTold(knowing(some(0, 4)), some(0, 4));
  }

  @Test
  void discover_oneNodeIsKnown_tellsIt() throws Exception {
    assertTold(knowing(some(1, 2)), some(1, 2));
  }

  @Test
  void discover_nobodyIsKnown_answersWithoutNodes() throws Exception {
    assertTold(knowing(Set.of()), Set.of());
  }

  @Test
  void discover_askedAgain_tellsTheSame() throws Exception {
    Discovery backEnd = knowing(some(0, 3));

    for (int i = 0; i < 5; i++) {
      assertTold(backEnd, some(0, 3));
    }
  }

  @Test
  void description_isOneLineAndStays() throws Exception {
    Discovery backEnd = knowing(some(0, 2));
    String description = backEnd.description();

    assertThat(description).isNotBlank().doesNotContain("\n", "\t");
    ask(backEnd);
    assertThat(backEnd.description()).isEqualTo(description);
  }

  @Test
  void longestInterval_isPositiveAndStays() throws Exception {
    Discovery backEnd = knowing(some(0, 2));
    Duration interval = backEnd.longestInterval();

    assertThat(interval).isPositive();
    ask(backEnd);
    assertThat(backEnd.longestInterval()).isEqualTo(interval);
  }
}
