package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.table.LocalTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Records of a node that is down here are not shown, those of a joined one are; and readers see of
 * each key the latest version that is shown, or what the resolver makes of all that are, no more
 * and no less.
 */
final class VisibilityCheck implements Checker {
  private static final Comparator<LiveVersion> LATEST_LAST =
      Comparator.comparingLong(LiveVersion::stamp).thenComparing(LiveVersion::origin);

  private final WriteHistory history;
  private final Verdict verdict;
  private final boolean keep;
  private final boolean resolves;

  VisibilityCheck(WriteHistory history, Verdict verdict, Walk walk) {
    this.history = history;
    this.verdict = verdict;
    this.keep = walk.keep();
    this.resolves = walk.resolves();
  }

  @Override
  public void look(SimulatedNode node, TableReplica<?, ?> replica, TableSnapshot state) {
    LocalTable<String, Row> table = node.table();
    if (table != null) {
      verdict.check("who is down is hidden, who is joined is shown", () -> shown(node, state));
      verdict.check(
          "readers see the latest that is shown, or what is made of them",
          () -> read(node, table, state));
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
    Map<Object, List<LiveVersion>> shown = new HashMap<>();
    for (LiveVersion version : state.live()) {
      if (state.shown().contains(version.origin())) {
        shown.computeIfAbsent(version.key(), any -> new ArrayList<>(1)).add(version);
      }
    }
    if (table.size() != shown.size()) {
      return "at " + node.name() + " size is " + table.size() + ", shown are " + shown.values();
    }
    for (List<LiveVersion> versions : shown.values()) {
      Row read = table.lookup((String) versions.getFirst().key());
      if (!Objects.equals(read, expected(versions))) {
        return "at " + node.name() + " a reader sees " + read + " in the place of " + versions;
      }
    }
    return null;
  }

  private @Nullable Object expected(List<LiveVersion> versions) {
    versions.sort(LATEST_LAST);
    if (!resolves || versions.size() == 1) {
      return history.record(versions.getLast());
    }
    List<Row> rows = new ArrayList<>();
    versions.forEach(version -> rows.add((Row) history.record(version)));
    return Merging.resolve(rows);
  }
}
