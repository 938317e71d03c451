package dev.cets.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cets.replication.Event;
import dev.cets.replication.Replication;
import dev.cets.replication.Rules;
import dev.cets.replication.Settings;
import dev.cets.replication.Witness;
import dev.cets.spi.Discovery;
import dev.cets.spi.EventLoop;
import dev.cets.spi.NodeAddress;
import dev.cets.spi.Transport;
import dev.cets.table.FakeLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** When discovery is asked, who waits for it, and what is said when it takes long. */
class SeekerTest {
  private static final NodeAddress B = new NodeAddress("b", 7800);
  private static final Duration TICK = Duration.ofMillis(100);

  /** Questions to back ends wait until they are answered by hand. */
  private final Deque<Runnable> questions = new ArrayDeque<>();

  private final FakeLoop loop =
      new FakeLoop() {
        @Override
        public Executor blocking() {
          return questions::add;
        }
      };
  private final List<Event> events = new ArrayList<>();
  private final Replication core =
      new Replication(
          "a",
          "test",
          true,
          Settings.DEFAULTS,
          Rules.ALL,
          Witness.NONE,
          events::add,
          () -> 7,
          loop.nanoTime(),
          loop.currentTimeMillis());
  private final Answering discovery = new Answering();
  private final Seeker seeker = new Seeker(config(), new NowhereTransport(loop), core);

  private NodeConfig config() {
    NodeConfig config = new NodeConfig("a");
    config.discovery(discovery);
    return config;
  }

  private static final class Answering implements Discovery {
    private int asked;
    private boolean fails;

    @Override
    public Set<NodeAddress> discover() throws IOException {
      asked++;
      if (fails) {
        throw new IOException("no answer today");
      }
      return Set.of(B);
    }

    @Override
    public String description() {
      return "test";
    }
  }

  private record NowhereTransport(EventLoop loop) implements Transport {
    @Override
    public void start(String nodeName, Listener listener) {}

    @Override
    public NodeAddress address() {
      return new NodeAddress("a", 7800);
    }

    @Override
    public void seek(Set<NodeAddress> addresses) {}

    @Override
    public void close() {}
  }

  private void run(Duration time) {
    for (long left = time.toNanos(); left > 0; left -= TICK.toNanos()) {
      loop.pass(TICK.toNanos());
      core.time(loop.nanoTime(), 0);
      core.tick();
      seeker.tick(loop.nanoTime());
      loop.turn();
      seeker.checkReady();
    }
  }

  private void answer() {
    questions.remove().run();
    loop.turn();
    seeker.checkReady();
  }

  private CompletableFuture<Void> awaitDiscovery() {
    CompletableFuture<Void> waiter = new CompletableFuture<>();
    seeker.tellWhenAsked(waiter);
    return waiter;
  }

  private <E extends Event> List<E> told(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  // ---- one answer of discovery only

  @Test
  void tellWhenAsked_questionUnderWay_whenItIsAnswered() {
    run(TICK);
    CompletableFuture<Void> waiter = awaitDiscovery();
    assertThat(waiter).isNotDone();

    answer();

    assertThat(waiter).isCompleted();
    assertThat(seeker.missing()).containsExactly("b:7800 has not been tried yet");
  }

  @Test
  void tellWhenAsked_questionFails_isAnAnswerToo() {
    discovery.fails = true;
    run(TICK);
    CompletableFuture<Void> waiter = awaitDiscovery();

    answer();

    assertThat(waiter).isCompleted();
  }

  @Test
  void tellWhenAsked_wasAnsweredAndNothingIsDue_atOnce() {
    run(TICK);
    answer();

    assertThat(awaitDiscovery()).isCompleted();
    assertThat(discovery.asked).isOne();
  }

  @Test
  void tellWhenAsked_anotherQuestionIsDue_whenThatOneIsAnswered() {
    run(TICK);
    answer();
    seeker.nodeUp("b", loop.nanoTime());
    CompletableFuture<Void> waiter = awaitDiscovery();
    assertThat(waiter).isNotDone();

    run(TICK);
    assertThat(waiter).isNotDone();
    answer();

    assertThat(waiter).isCompleted();
    assertThat(discovery.asked).isEqualTo(2);
  }

  @Test
  void tellWhenAsked_questionIsTriggeredDuringAQuestion_whenTheSecondIsAnswered() {
    run(TICK);
    seeker.nodeUp("b", loop.nanoTime());
    CompletableFuture<Void> waiter = awaitDiscovery();

    answer();
    assertThat(waiter).isNotDone();
    run(TICK);
    answer();

    assertThat(waiter).isCompleted();
  }

  @Test
  void close_whileSomebodyWaits_theWaitEnds() {
    run(TICK);
    CompletableFuture<Void> waiter = awaitDiscovery();

    seeker.close();

    assertThat(waiter).isCancelled();
    assertThat(awaitDiscovery()).isCancelled();
  }

  // ---- ready

  @Test
  void missing_backEndDoesNotAnswer_isNamed() {
    run(TICK);

    assertThat(seeker.missing()).containsExactly("discovery by test has not answered yet");
  }

  // ---- long questions

  @Test
  void tick_backEndTakesLong_isToldOncePerIntervalAndWhenItAnswers() {
    run(Duration.ofSeconds(11));
    assertThat(told(Event.TaskLate.class))
        .extracting(Event.TaskLate::task, Event.TaskLate::waitsFor)
        .containsOnly(tuple("discovery by test", "its answer"))
        .hasSize(2);

    answer();
    run(Duration.ofSeconds(1));

    assertThat(told(Event.TaskDone.class)).hasSize(1);
    assertThat(told(Event.TaskLate.class)).hasSize(2);
  }

  @Test
  void tick_backEndAnswersInTime_nothingIsTold() {
    for (int i = 0; i < 20; i++) {
      run(Duration.ofSeconds(4));
      if (!questions.isEmpty()) {
        answer();
      }
    }

    assertThat(events).isEmpty();
    assertThat(discovery.asked).isGreaterThan(5);
  }

  // ---- refusals

  @Test
  void nodeRefused_notMetForAWhile_isNoLongerTold() {
    seeker.nodeRefused("c", "its clock is wrong");
    run(Duration.ofMinutes(1));
    assertThat(seeker.view("test", null, new Counts()).refusals())
        .containsEntry("c", "its clock is wrong");
    seeker.nodeRefused("c", "its clock is wrong");
    run(Duration.ofSeconds(90));
    assertThat(seeker.view("test", null, new Counts()).refusals()).hasSize(1);

    run(Duration.ofMinutes(1));

    assertThat(seeker.view("test", null, new Counts()).refusals()).isEmpty();
  }
}
