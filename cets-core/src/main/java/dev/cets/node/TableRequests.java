package dev.cets.node;

import dev.cets.replication.Call;
import dev.cets.replication.Callers;
import dev.cets.replication.Compared;
import dev.cets.replication.Outcome;
import dev.cets.replication.Replication;
import dev.cets.replication.TableReplica;
import dev.cets.table.LocalTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** What operators want of a node's tables, brought to the loop. */
public final class TableRequests {
  private final NodeRuntime runtime;
  private final Replication core;
  private final Inbox inbox;
  private final AtomicLong pauses = new AtomicLong();

  TableRequests(NodeRuntime runtime, Replication core, Inbox inbox) {
    this.runtime = runtime;
    this.core = core;
    this.inbox = inbox;
  }

  /** Complete when a peer has applied all that this node wrote to a table before. */
  public CompletableFuture<Outcome> ping(LocalTable<?, ?> table, String peer, long deadlineNanos) {
    return call(table, (callers, call) -> callers.ping(peer, deadlineNanos, call));
  }

  private CompletableFuture<Outcome> call(
      LocalTable<?, ?> table, BiConsumer<Callers<?, ?>, Call> begin) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    Call call =
        new Call() {
          @Override
          public void ended(Outcome outcome) {
            answer.complete(outcome);
          }

          @Override
          public void released() {}
        };
    inbox.submit(
        () -> {
          TableReplica<?, ?> replica = runtime.replica(table.name());
          if (replica == null) {
            call.ended(new Outcome.NotApplied("table " + table.name() + " is closed"));
          } else {
            begin.accept(replica.callers(), call);
          }
        });
    return answer;
  }

  /** The number of a pause to come. */
  public long newPause() {
    return pauses.incrementAndGet();
  }

  /** Holds back the writes of this node's callers; the answer is the pause's number. */
  public Answer<Long> pause(LocalTable<?, ?> table, String holder, long nanos) {
    long id = newPause();
    return runtime.ask(
        () -> {
          TableReplica<?, ?> replica = runtime.replica(table.name());
          String refusal =
              replica == null
                  ? "table " + table.name() + " is closed"
                  : replica.callers().pause(id, holder, until(nanos));
          return refusal == null ? Answer.of(id) : Answer.refused(refusal);
        });
  }

  /** Holds back the writes of all nodes' callers; complete when that is so everywhere. */
  public CompletableFuture<Outcome> pauseAll(
      LocalTable<?, ?> table, long id, String holder, long nanos, long deadlineNanos) {
    return call(
        table, (callers, call) -> callers.pauseAll(id, holder, until(nanos), deadlineNanos, call));
  }

  /** Holds back the writes of another node's callers; complete when that is so. */
  public CompletableFuture<Outcome> pauseOf(
      LocalTable<?, ?> table, String peer, long id, String holder, long nanos, long deadlineNanos) {
    return call(
        table,
        (callers, call) -> callers.pauseOf(peer, id, holder, until(nanos), deadlineNanos, call));
  }

  private long until(long nanos) {
    return runtime.loop().nanoTime() + nanos;
  }

  /** Ends a pause. Does not wait. */
  public void resume(LocalTable<?, ?> table, long id) {
    inbox.submit(
        () -> {
          TableReplica<?, ?> replica = runtime.replica(table.name());
          if (replica != null) {
            replica.callers().resume(id);
          }
        });
  }

  private <T> Answer<T> onTable(LocalTable<?, ?> table, Function<TableReplica<?, ?>, T> question) {
    return runtime.ask(
        () -> {
          TableReplica<?, ?> replica = runtime.replica(table.name());
          return replica == null
              ? Answer.refused("table " + table.name() + " is closed")
              : Answer.of(question.apply(replica));
        });
  }

  /** The nodes that calls of this node to any table wait for. */
  public Answer<Set<String>> notAnswered() {
    return runtime.ask(
        () -> {
          Set<String> names = new TreeSet<>();
          core.tables().forEach(replica -> names.addAll(replica.callers().notAnswered()));
          return Answer.of(names);
        });
  }

  /** Compares a table with every peer now; done by the deadline. */
  public CompletableFuture<Answer<TableFindings>> compare(
      LocalTable<?, ?> table, long deadlineNanos, boolean async) {
    CompletableFuture<Answer<TableFindings>> answer = new CompletableFuture<>();
    Consumer<Answer<TableFindings>> told =
        findings -> {
          if (async) {
            inbox.complete(answer, findings);
          } else {
            answer.complete(findings);
          }
        };
    inbox.submit(
        () -> {
          TableReplica<?, ?> replica = runtime.replica(table.name());
          if (replica == null) {
            told.accept(Answer.refused("table " + table.name() + " is closed"));
          } else {
            replica
                .comparisons()
                .ask(deadlineNanos, found -> told.accept(Answer.of(findings(found))));
          }
        });
    return answer;
  }

  private TableFindings findings(Map<String, Compared> found) {
    NodeView view = runtime.view().value(); // on the loop: does not wait
    return new TableFindings(
        runtime.loop().currentTimeMillis(),
        found,
        view == null ? List.of() : Figures.of(view).unavailableNodes());
  }

  /** What a table knows besides its status. */
  public Answer<TableDetails> details(LocalTable<?, ?> table) {
    return onTable(
        table,
        replica ->
            new TableDetails(
                replica.figures().joinedNodes(),
                replica.options().grace(),
                replica.options().retention(),
                replica.figures().bareVersions(),
                replica.callers().pauseHolders(),
                replica.callers().pausedWrites(),
                replica.losses().history()));
  }
}
