package dev.cets.node;

import dev.cets.replication.Event;
import dev.cets.replication.TableReplica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application's handlers of lost nodes, off the loop, and the table when they are done.
 * On the loop only.
 */
final class TableHandlers {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.node");

  private final List<LossHandler> ofNode;
  private final Map<String, List<LossHandler>> ofTables = new HashMap<>();
  private final Map<String, Handover<Event.Conflict>> conflicts = new HashMap<>();
  private final Callbacks callbacks;
  private final Inbox inbox;

  TableHandlers(List<LossHandler> ofNode, Callbacks callbacks, Inbox inbox) {
    this.ofNode = List.copyOf(ofNode);
    this.callbacks = callbacks;
    this.inbox = inbox;
  }

  /** Who is to be told of a table; in the place of those before. */
  void of(String table, @Nullable Consumer<Event.Conflict> onConflict, List<LossHandler> nodeDown) {
    ofTables.put(table, List.copyOf(nodeDown));
    if (onConflict == null) {
      conflicts.remove(table);
    } else {
      String what = "the conflict handler of table " + table;
      conflicts.put(table, new Handover<>(callbacks.executor(), what, onConflict));
    }
  }

  void conflict(Event.Conflict conflict) {
    Handover<Event.Conflict> handler = conflicts.get(conflict.table());
    if (handler != null) {
      handler.add(conflict);
    }
  }

  void lost(@Nullable TableReplica<?, ?> table, Event.PeerLost lost) {
    List<LossHandler> handlers = new ArrayList<>(ofTables.getOrDefault(lost.table(), List.of()));
    handlers.addAll(ofNode);
    if (handlers.isEmpty() || table == null) {
      return;
    }
    long number = table.losses().handle(lost.node());
    AtomicInteger left = new AtomicInteger(handlers.size());
    Runnable done =
        () -> {
          if (left.decrementAndGet() == 0) {
            inbox.submit(() -> table.handled(number));
          }
        };
    for (LossHandler handler : handlers) {
      execute(() -> tell(handler, lost), done);
    }
  }

  /** What throws, and what cannot be run at all, is done as well. */
  private void execute(Runnable task, Runnable done) {
    boolean handedOn =
        callbacks.handOn(
            () -> {
              try {
                task.run();
              } finally {
                done.run();
              }
            });
    if (!handedOn) {
      done.run();
    }
  }

  private static void tell(LossHandler handler, Event.PeerLost lost) {
    try {
      handler.lost(lost.table(), lost.node(), lost.leads());
    } catch (RuntimeException | Error e) {
      LOG.error("a node-down handler of table {} failed for node {}", lost.table(), lost.node(), e);
    }
  }
}
