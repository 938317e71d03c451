package dev.cets.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Watches tasks that should not take long: tells of each that does, once per interval, with what it
 * waits for, and once more when it ends at last. One that fails tells its reason elsewhere, once,
 * and is dropped here. Times are arguments. Not safe for several threads.
 */
public final class LongTasks {
  /** How long a task may take before it is told, and then the time between two lines. */
  public static final long INTERVAL_NANOS = 5_000_000_000L;

  private static final class Task {
    private final String what;
    private final Supplier<String> waitsFor;
    private final long beganNanos;
    private long dueNanos;
    private boolean late;

    Task(String what, Supplier<String> waitsFor, long beganNanos) {
      this.what = what;
      this.waitsFor = waitsFor;
      this.beganNanos = beganNanos;
      this.dueNanos = beganNanos + INTERVAL_NANOS;
    }
  }

  private final Consumer<Event> told;
  private final Map<Object, Task> running = new LinkedHashMap<>();

  LongTasks(Consumer<Event> told) {
    this.told = told;
  }

  /**
   * A task begins; if it runs already, nothing happens.
   *
   * @param key what it is known by
   * @param what it is, for a person
   * @param waitsFor asked when it takes long
   */
  public void begin(Object key, String what, Supplier<String> waitsFor, long nowNanos) {
    running.putIfAbsent(key, new Task(what, waitsFor, nowNanos));
  }

  /** A task is done. If it does not run, nothing happens. */
  public void end(Object key, long nowNanos) {
    Task task = running.remove(key);
    if (task != null && task.late) {
      told.accept(new Event.TaskDone(task.what, nowNanos - task.beganNanos));
    }
  }

  /** A task failed, which was told, or is no longer of interest. */
  public void drop(Object key) {
    running.remove(key);
  }

  /** None is of interest any more: the node ends. */
  void clear() {
    running.clear();
  }

  /** Time has passed. */
  void tick(long nowNanos) {
    List<Event> late = new ArrayList<>();
    for (Task task : running.values()) {
      if (task.dueNanos <= nowNanos) {
        task.late = true;
        long nanos = nowNanos - task.beganNanos;
        task.dueNanos = task.beganNanos + (nanos / INTERVAL_NANOS + 1) * INTERVAL_NANOS;
        late.add(new Event.TaskLate(task.what, task.waitsFor.get(), nanos));
      }
    }
    late.forEach(told);
  }
}
