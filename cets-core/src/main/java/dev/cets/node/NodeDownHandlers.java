package dev.cets.node;

import dev.cets.replication.Event;
import dev.cets.replication.TableReplica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the application's handlers of lost nodes, off the loop, and the table when they are done.
 * On the loop only.
 */
final class NodeDownHandlers {
  private static final Logger LOG = LoggerFactory.getLogger("dev.cets.node");

  private final List<LossHandler> ofNode;
  private final Map<String, List<LossHandler>> ofTables = new HashMap<>();
  private final Executor callbacks;
  private final Inbox inbox;

  NodeDownHandlers(List<LossHandler> ofNode, Executor callbacks, Inbox inbox) {
    this.ofNode = List.copyOf(ofNode);
    this.callbacks = callbacks;
    this.inbox = inbox;
  }

  void of(String table, List<LossHandler> handlers) {
    ofTables.put(table, List.copyOf(handlers));
  }

  void lost(TableReplica<?, ?> table, Event.PeerLost lost) {
    List<LossHandler> handlers = new ArrayList<>(ofTables.getOrDefault(lost.table(), List.of()));
    handlers.addAll(ofNode);
    if (handlers.isEmpty()) {
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
    try {
      callbacks.execute(
          () -> {
            try {
              task.run();
            } finally {
              done.run();
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.warn("a node-down handler was not called: the callback executor has ended");
      done.run();
    }
  }

  private static void tell(LossHandler handler, Event.PeerLost lost) {
    try {
      handler.lost(lost.table(), lost.node(), lost.leads());
    } catch (RuntimeException e) {
      LOG.error("a node-down handler of table {} failed for node {}", lost.table(), lost.node(), e);
    }
  }
}
