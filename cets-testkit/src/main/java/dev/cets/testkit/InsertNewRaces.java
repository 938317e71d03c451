package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Callers on several nodes who race for keys with {@code insertNew}, what each was told, and when.
 */
final class InsertNewRaces {
  /** The loop looks at deadlines a few times per beat. */
  private static final Duration LATENESS = Duration.ofSeconds(1);

  private static final class Call {
    final String caller;
    final long begunNanos;
    final CompletableFuture<Boolean> answer;
    volatile long answeredNanos;

    Call(String caller, long begunNanos, CompletableFuture<Boolean> answer) {
      this.caller = caller;
      this.begunNanos = begunNanos;
      this.answer = answer;
    }

    boolean won() {
      return answer.isDone() && answer.join();
    }

    Duration waited() {
      return Duration.ofNanos(answeredNanos - begunNanos);
    }
  }

  private final ClusterHarness cluster;
  private final Duration deadline;
  private final Map<String, SetTable<String, Session>> tables = new LinkedHashMap<>();
  private final Map<String, List<Call>> races = new LinkedHashMap<>();

  /** Each call has so much time. */
  InsertNewRaces(ClusterHarness cluster, Duration deadline) {
    this.cluster = cluster;
    this.deadline = deadline;
  }

  /** One more node may take part, with this table. */
  void add(String node, SetTable<String, Session> table) {
    tables.put(node, table.withDeadline(deadline));
  }

  /** The node calls no more; what it was told counts, what it was not told need not be. */
  void remove(String node) {
    tables.remove(node);
  }

  /** Every node calls for this key. */
  void begin(String key) {
    begin(key, "");
  }

  /** Every node but this one calls for this key. */
  void begin(String key, String but) {
    List<Call> calls = new ArrayList<>();
    tables.forEach(
        (node, table) -> {
          if (node.equals(but)) {
            return;
          }
          long now = nanoTime(node);
          Call call = new Call(node, now, table.insertNewAsync(new Session(key, node)));
          var unused = call.answer.whenComplete((won, e) -> call.answeredNanos = nanoTime(node));
          calls.add(call);
        });
    races.put(key, calls);
  }

  private long nanoTime(String node) {
    return cluster.isRunning(node) ? cluster.transport(node).loop().nanoTime() : Long.MAX_VALUE;
  }

  /** Waits until somebody who raced for this key has an answer. */
  void awaitFirstAnswer(String key) {
    cluster.await(() -> calls(key).stream().anyMatch(call -> call.answer.isDone()));
  }

  /** Waits until everybody who still takes part has an answer of all races but the last ones. */
  void awaitAnswers(int butTheLast) {
    List<List<Call>> all = new ArrayList<>(races.values());
    List<Call> due = new ArrayList<>();
    all.subList(0, Math.max(0, all.size() - butTheLast)).forEach(due::addAll);
    cluster.await(() -> due.stream().allMatch(call -> !takesPart(call) || call.answer.isDone()));
  }

  private boolean takesPart(Call call) {
    return tables.containsKey(call.caller);
  }

  private List<Call> calls(String key) {
    return races.getOrDefault(key, List.of());
  }

  /**
   * Each race has one winner, whose record stands on every node that takes part; who was told that
   * somebody else won was told the truth; and nobody waited past the deadline.
   */
  void assertOneWinnerEach() {
    awaitAnswers(0);
    races.forEach(
        (key, calls) -> {
          for (Call call : calls) {
            if (takesPart(call)) {
              assertThat(call.answer).as("%s at %s", key, call.caller).isCompleted();
              assertThat(call.waited())
                  .as("%s at %s", key, call.caller)
                  .isLessThan(deadline.plus(LATENESS));
            }
          }
          List<String> winners = calls.stream().filter(Call::won).map(c -> c.caller).toList();
          List<String> silent =
              calls.stream().filter(call -> !call.answer.isDone()).map(c -> c.caller).toList();
          List<String> possible = winners.isEmpty() ? silent : winners;
          assertThat(possible).as("who may have won %s", key).hasSize(1);
          Session winning = new Session(key, possible.getFirst());
          tables.forEach(
              (node, table) ->
                  assertThat(table.lookup(key)).as("%s at %s", key, node).isEqualTo(winning));
        });
  }

  int count() {
    return races.size();
  }
}
