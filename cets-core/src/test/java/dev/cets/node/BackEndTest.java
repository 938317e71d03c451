package dev.cets.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.discovery.DiscoveryIntervals;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A back end is told of the end behind its last question. */
@Timeout(10)
class BackEndTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);

  private final BackEnd backEnd =
      new BackEnd(
          new Discovery() {
            @Override
            public Set<NodeAddress> discover() throws IOException {
              asked.countDown();
              try {
                if (!answers.await(5, TimeUnit.SECONDS)) {
                  throw new IOException("nobody lets it answer");
                }
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              told.add("answers");
              return Set.of();
            }

            @Override
            public void stopped() throws IOException {
              told.add("stopped");
              throw new IOException("nobody is there to know");
            }
          },
          DiscoveryIntervals.DEFAULTS,
          0);

  @Test
  void stop_whileAQuestionRuns_isToldAfterIt() throws InterruptedException {
    Thread question = Thread.ofVirtual().start(() -> backEnd.ask(answer -> told.add("taken")));
    asked.await();

    Thread stop = Thread.ofVirtual().start(() -> backEnd.stop("a"));
    assertThat(stop.join(Duration.ofMillis(50))).isFalse();
    answers.countDown();
    question.join();
    stop.join();

    assertThat(told).containsExactly("answers", "taken", "stopped");
  }

  @Test
  void ask_afterTheStop_isNotAsked() {
    backEnd.stop("a");
    backEnd.stop("a");

    backEnd.ask(answer -> told.add("taken"));

    assertThat(told).containsExactly("stopped");
  }
}
