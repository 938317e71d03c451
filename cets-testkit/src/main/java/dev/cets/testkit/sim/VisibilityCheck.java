package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.table.LocalTable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records of a node that is down here are not shown, those of a joined one are; and readers see of
 * each key the latest version that is shown, no more and no less.
 */
final class VisibilityCheck implements Checker {
  private static final Comparator<LiveVersion> LATEST =
      Comparator.comparingLong(LiveVersion::stamp).thenComparing(LiveVersion::origin);

  private final WriteHistory history;
  private final Verdict verdict;
  private final boolean keep;

  VisibilityCheck(WriteHistory history, Verdict verdict, boolean keep) {
    this.history = history;
    this.verdict = verdict;
    this.keep = keep;
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      verdict.check("who is down is hidden, who is joined is shown", () -> shown(node, state));
      verdict.check("readers see the latest that is shown", () -> read(node, table, state));
    }
  }

  private @Nullable String shown(SimulatedNode node, TableSnapshot state) {
    for (LiveVersion version : state.live()) {
      Incarnation owner = version.origin();
      boolean isShown = state.shown().contains(owner);
      boolean self = owner.equals(node.incarnation());
      boolean linked = state.links().stream().anyMatch(link -> link.peer().equals(owner));
      if (isShown && !keep && !self && !linked) {
        return "at " + node.name() + " records of " + owner + " show, which is down";
      }
      if (!isShown && (keep || self || isJoined(state, owner))) {
        return "at " + node.name() + " records of " + owner + " are hidden";
      }
    }
    return null;
  }

  private static boolean isJoined(TableSnapshot state, Incarnation owner) {
    return state.links().stream()
        .filter(LinkSnapshot::joined)
        .anyMatch(l -> l.peer().equals(owner));
  }

  private @Nullable String read(
      SimulatedNode node, LocalTable<String, Row> table, TableSnapshot state) {
    Map<Object, LiveVersion> latest = new HashMap<>();
    for (LiveVersion version : state.live()) {
      if (state.shown().contains(version.origin())) {
        latest.merge(version.key(), version, (a, b) -> LATEST.compare(a, b) < 0 ? b : a);
      }
    }
    if (table.size() != latest.size()) {
      return "at " + node.name() + " size is " + table.size() + ", shown are " + latest.values();
    }
    for (LiveVersion version : latest.values()) {
      Row read = table.lookup((String) version.key());
      if (!Objects.equals(read, history.record(version))) {
        return "at " + node.name() + " a reader sees " + read + " in the place of " + version;
      }
    }
    return null;
  }
}
