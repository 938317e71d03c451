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

class InboxTest {
  private static final Outcome DONE = new Outcome.NotApplied("test");

  private final FakeLoop loop = new FakeLoop();
  private final Deque<Runnable> callbacks = new ArrayDeque<>();
  private final List<String> log = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Inbox inbox =
      new Inbox(loop, callbacks::add, () -> log.add("before"), () -> log.add("after"), events::add);

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

  @Test
  void turn_taskThrows_othersRunAndTheDefectIsTold() {
    RuntimeException defect = new IllegalStateException("test");
    inbox.submit(
        () -> {
          throw defect;
        });
    inbox.submit(() -> log.add("next"));

    loop.turn();

    assertThat(log).containsExactly("before", "next", "after");
    assertThat(events).containsExactly(new Event.Defect("a caller's request", defect));
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

  @Test
  void turn_taskDiesOfAnError_othersRunAndTheDefectIsTold() {
    StackOverflowError defect = new StackOverflowError("test");
    inbox.submit(
        () -> {
          throw defect;
        });
    inbox.submit(() -> log.add("next"));

    loop.turn();

    assertThat(log).containsExactly("before", "next", "after");
    assertThat(events).containsExactly(new Event.Defect("a caller's request", defect));
  }

  @Test
  void complete_executorRejects_elsewhereAllTheSame() {
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    Inbox rejected = handingOnTo(new RejectedExecutionException("full"));

    rejected.complete(future, DONE);
    rejected.handOnCompletions();

    assertThat(future).isCompletedWithValue(DONE);
    assertThat(log).containsExactly("elsewhere");
  }

  @Test
  void complete_executorThrows_nobodyWaitsForEver() {
    CompletableFuture<Outcome> future = new CompletableFuture<>();
    Inbox broken = handingOnTo(new IllegalStateException("out of order"));

    broken.complete(future, DONE);
    broken.handOnCompletions();

    assertThat(future).isCompletedWithValue(DONE);
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
    return new Inbox(
        other,
        task -> {
          throw thrown;
        },
        () -> {},
        () -> {},
        events::add);
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
