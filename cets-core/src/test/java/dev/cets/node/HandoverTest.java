package dev.cets.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandoverTest {
  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<Integer> told = new ArrayList<>();
  private @Nullable RuntimeException refusal;
  private final Handover<Integer> handover = new Handover<>(this::execute, "a test", told::add);

  private void execute(Runnable task) {
    if (refusal != null) {
      throw refusal;
    }
    tasks.add(task);
  }

  private void runAll() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  @Test
  void add_several_toldInOrderByOneTask() {
    handover.add(1);
    handover.add(2);

    assertThat(tasks).hasSize(1);
    runAll();

    assertThat(told).containsExactly(1, 2);
  }

  static List<RuntimeException> refusals() {
    return List.of(
        new RejectedExecutionException("full"), new IllegalStateException("out of order"));
  }

  /** And the loop is not disturbed. */
  @ParameterizedTest
  @MethodSource("refusals")
  void add_executorDoesNotTakeIt_isToldWithTheNextOne(RuntimeException thrown) {
    refusal = thrown;
    handover.add(1);

    refusal = null;
    handover.add(2);
    runAll();

    assertThat(told).containsExactly(1, 2);
  }

  @Test
  void add_moreThanMayWait_theRestIsLeftOut() {
    for (int i = 0; i < Handover.MOST_WAITING + 5; i++) {
      handover.add(i);
    }
    runAll();

    assertThat(told).hasSize(Handover.MOST_WAITING);
  }
}
