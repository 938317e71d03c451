package dev.cets.node;

import dev.cets.replication.Event;
import dev.cets.replication.TableReplica;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a node tells Java Flight Recorder; on the loop. Keeps nothing while nothing is recorded. */
final class Flight {
  private record Pull(String table, String from) {}

  private final Map<Pull, TransferEvent> transfers = new HashMap<>();
  private final Map<String, String> leaders = new HashMap<>();

  void begun(String node, Event.PullBegun begun) {
    if (TransferEvent.isRecorded()) {
      transfers.put(
          new Pull(begun.table(), begun.node()),
          TransferEvent.begun(node, begun.table(), begun.node()));
    }
  }

  void ended(Event.PullEnded ended) {
    TransferEvent event = transfers.remove(new Pull(ended.table(), ended.node()));
    if (event != null) {
      event.ended(ended);
    }
  }

  /** Who leads follows from many things: it is looked for what it is now, and what it was. */
  void look(String node, Collection<? extends TableReplica<?, ?>> tables) {
    if (!LeadershipEvent.isRecorded()) {
      leaders.clear();
      return;
    }
    Set<String> open = new HashSet<>();
    for (TableReplica<?, ?> table : tables) {
      String name = table.definition().name();
      String leader = table.figures().leader();
      open.add(name);
      String before = leaders.put(name, leader);
      if (before != null && !before.equals(leader)) {
        LeadershipEvent.tell(node, name, before, leader);
      }
    }
    leaders.keySet().retainAll(open);
  }
}
