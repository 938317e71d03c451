package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Event.TaskDone;
import dev.cets.replication.Event.TaskLate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LongTasksTest {
  private static final Object KEY = "key";

  private final List<Event> told = new ArrayList<>();
  private final LongTasks tasks = new LongTasks(told::add);
  private String waitsFor = "b";

  private static long seconds(double seconds) {
    return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
  }

  private void tickUntil(double from, double to) {
    for (double now = from; now <= to; now += 0.1) {
      tasks.tick(seconds(now));
    }
  }

  @Test
  void end_withinTheInterval_nothingIsTold() {
    tasks.begin(KEY, "transfer", () -> waitsFor, 0);
    tickUntil(0, 4.9);
    tasks.end(KEY, seconds(4.9));
    tickUntil(4.9, 30);

    assertThat(told).isEmpty();
  }

  @Test
  void tick_taskTakesLong_toldOncePerIntervalWithWhatItWaitsForThen() {
    tasks.begin(KEY, "transfer", () -> waitsFor, 0);
    tasks.tick(seconds(4.9));
    tasks.tick(seconds(5));
    tasks.tick(seconds(9.9));
    waitsFor = "c";
    tasks.tick(seconds(10.1));
    tasks.tick(seconds(10.2));

    assertThat(told)
        .containsExactly(
            new TaskLate("transfer", "b", seconds(5)),
            new TaskLate("transfer", "c", seconds(10.1)));
  }

  @Test
  void end_late_toldOnce() {
    tasks.begin(KEY, "transfer", () -> waitsFor, seconds(1));
    tasks.tick(seconds(6));
    told.clear();

    tasks.end(KEY, seconds(8));
    tasks.end(KEY, seconds(9));
    tickUntil(9, 30);

    assertThat(told).containsExactly(new TaskDone("transfer", seconds(7)));
  }

  @Test
  void begin_runsAlready_countsFromItsBeginning() {
    tasks.begin(KEY, "transfer", () -> waitsFor, 0);
    tasks.begin(KEY, "another", () -> waitsFor, seconds(4));

    tasks.tick(seconds(5));

    assertThat(told).containsExactly(new TaskLate("transfer", "b", seconds(5)));
  }

  @Test
  void drop_failedTask_isToldByWhomItConcernsOnly() {
    tasks.begin(KEY, "transfer", () -> waitsFor, 0);
    tasks.tick(seconds(5));
    told.clear();

    tasks.drop(KEY);
    tickUntil(5, 30);

    assertThat(told).isEmpty();
  }

  @Test
  void tick_clockJumped_toldOnceForAllIntervals() {
    tasks.begin(KEY, "transfer", () -> waitsFor, 0);

    tasks.tick(seconds(62));
    tasks.tick(seconds(64.9));
    assertThat(told).hasSize(1);

    tasks.tick(seconds(65));
    assertThat(told).hasSize(2);
  }
}
