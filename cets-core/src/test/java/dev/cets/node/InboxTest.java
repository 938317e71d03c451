package dev.cets.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event;
import dev.cets.replication.Outcome;
import dev.cets.table.FakeLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InboxTest {
  private static final Outcome DONE = new Outcome.NotApplied("test");

  private final FakeLoop loop = new FakeLoop();
  private final Deque<Runnable> callbacks = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final List<Throwable> refused = new ArrayList<>();
  private final Inbox inbox =
      new Inbox(
          loop,
          new Callbacks(callbacks::add, loop, refused::add),
          () -> log.add("before"),
          () -> log.add("after"),
          events::add);

  @Test
  void submit_manyTasks_oneTurnInOrder() {
    for (int i = 0; i < 3; i++) {
      int number = i;
      inbox.submit(() -> log.add("task " + number));
    }
    assertThat(log).isEmpty();

    assertThat(loop.turn()).isEqualTo(1);

    assertThat(log).containsExactly("before", "task 0", "task 1", "task 2", "after");
  }

  @Test
  void submit_duringATurn_runs() {
    inbox.submit(() -> inbox.submit(() -> log.add("inner")));

    loop.turn();

    assertThat(log).contains("inner");
    assertThat(log.indexOf("after")).isPositive();
    inbox.submit(() -> log.add("later"));
    loop.turn();
    assertThat(log).contains("later");
  }

  @Test
  void turn_tooManyTasks_othersGetTheirTurnBetween() {
    for (int i = 0; i < 5_000; i++) {
      inbox.submit(() -> log.add("task"));
    }

    assertThat(loop.turn()).isEqualTo(3);

    assertThat(log.stream().filter("task"::equals)).hasSize(5_000);
    assertThat(log.stream().filter("after"::equals)).hasSize(3);
  }

  static List<Throwable> thrown() {
    return List.of(new IllegalStateException("test"), new StackOverflowError("test"));
  }

  @ParameterizedTest
  @MethodSource("thrown")
  void turn_taskThrows_othersRunAndTheDefectIsTold(Throwable defect) {
    inbox.submit(() -> InboxTest.<RuntimeException>sneak(defect));
    inbox.submit(() -> log.add("next"));

    loop.turn();

    assertThat(log).containsExactly("before", "next", "after");
    assertThat(events).containsExactly(new Event.Defect("a caller's request", defect));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void submit_loopHasEnded_everyTaskRunsAllTheSame() {
    loop.end();

    inbox.submit(() -> log.add("first"));
    inbox.submit(() -> log.add("second"));

    assertThat(log).containsExactly("first", "second");
  }

  @Test
  void submit_afterClose_runsAtOnce() {
    inbox.submit(() -> log.add("waiting"));
    inbox.close();
    assertThat(log).containsExactly("waiting");

    inbox.submit(() -> log.add("late"));

    assertThat(log).containsExactly("waiting", "late");
  }

  @Test
  void close_taskThrows_theOthersRun() {
    inbox.submit(
        () -> {
          throw new IllegalStateException("test");
        });
    inbox.submit(() -> log.add("next"));

    inbox.close();

    assertThat(log).containsExactly("next");
    assertThat(events).hasSize(1);
  }

  @Test
  void complete_handedOn_elsewhereTogetherInOrder() {
    List<CompletableFuture<Outcome>> futures = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      int number = i;
      CompletableFuture<Outcome> future = new CompletableFuture<>();
      CompletableFuture<Boolean> told = future.thenApply(outcome -> log.add("told " + number));
      assertThat(told).isNotDone();
      futures.add(future);
    }
    futures.forEach(future -> inbox.complete(future, DONE));
    assertThat(callbacks).isEmpty();

    inbox.handOnCompletions();
    inbox.handOnCompletions();

    assertThat(log).isEmpty();
    assertThat(callbacks).hasSize(1);
    callbacks.remove().run();
    assertThat(log).containsExactly("told 0", "told 1", "told 2");
    assertThat(futures.get(0)).isCompletedWithValue(DONE);
  }

  static List<RuntimeException> refusals() {
    return List.of(
        new RejectedExecutionException("full"), new IllegalStateException("out of order"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void complete_executorDoesNotTakeIt_elsewhereAllTheSame(RuntimeException refusal) {
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    Inbox refusing = handingOnTo(refusal);

    refusing.complete(future, DONE);
    refusing.handOnCompletions();

    assertThat(future).isCompletedWithValue(DONE);
    assertThat(log).containsExactly("elsewhere");
    assertThat(refused).containsExactly(refusal);
  }

  /** An inbox whose callback executor throws this; the loop's own tells when it is used. */
  private Inbox handingOnTo(RuntimeException thrown) {
    FakeLoop other =
        new FakeLoop() {
          @Override
          public Executor blocking() {
            return task -> {
              log.add("elsewhere");
              task.run();
            };
          }
        };
    Executor refusing =
        task -> {
          throw thrown;
        };
    return new Inbox(
        other, new Callbacks(refusing, other, refused::add), () -> {}, () -> {}, events::add);
  }

  @Test
  void complete_afterTheLoopHasEnded_atOnce() {
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    loop.end();

    inbox.submit(() -> inbox.complete(future, DONE));

    assertThat(future).isCompletedWithValue(DONE);
  }

  @Test
  void complete_afterClose_atOnce() {
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    inbox.close();

    inbox.complete(future, DONE);

    assertThat(future).isCompletedWithValue(DONE);
  }
}
