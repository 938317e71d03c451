package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableReplica;
import dev.cets.replication.TableSnapshot;
import dev.cets.replication.TableSnapshot.LinkSnapshot;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.table.Element;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of a node that is down here are not shown, those of a joined one are; and readers see of
 * each key the latest version that is shown, or what the resolver makes of all that are, or in a
 * bag every record once of which a version is shown; no more and no less.
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
    OpenTable table = node.table();
    if (table != null) {
      verdict.check("who is down is hidden, who is joined is shown", () -> shown(node, state));
      verdict.check(
          "readers see the latest that is shown, or what is made of them",
          () -> read(node, table, state));
    }
  }

  private @Nullable String shown(SimulatedNode node, TableSnapshot state) {
    Set<Incarnation> linked = new HashSet<>();
    Set<Incarnation> joined = new HashSet<>();
    for (LinkSnapshot link : state.links()) {
      linked.add(link.peer());
      if (link.joined()) {
        joined.add(link.peer());
      }
    }
    for (LiveVersion version : state.bare()) {
      if (version.origin().equals(node.incarnation()) || joined.contains(version.origin())) {
        return "at " + node.name() + " the record of " + version + " is not here";
      }
    }
    Set<Incarnation> owners = new HashSet<>();
    for (LiveVersion version : state.live()) {
      owners.add(version.origin());
    }
    for (Incarnation owner : owners) {
      boolean isShown = state.shown().contains(owner);
      boolean self = owner.equals(node.incarnation());
      if (isShown && !keep && !self && !linked.contains(owner)) {
        return "at " + node.name() + " records of " + owner + " show, which is down";
      }
      if (!isShown && (keep || self || joined.contains(owner))) {
        return "at " + node.name() + " records of " + owner + " are hidden";
      }
    }
    return null;
  }

  /**
   * Two nodes that are about to join here may each have let go of the other's records: then one of
   * the two is taken without, although its owner is shown, until the owner has joined.
   */
  private @Nullable String read(SimulatedNode node, OpenTable table, TableSnapshot state) {
    Map<Object, List<LiveVersion>> shown = new HashMap<>();
    for (LiveVersion version : state.live()) {
      if (state.shown().contains(version.origin()) && !state.bare().contains(version)) {
        shown.computeIfAbsent(version.key(), any -> new ArrayList<>(1)).add(version);
      }
    }
    int size = table.calls().size();
    if (size != shown.size()) {
      return "at " + node.name() + " size is " + size + ", shown are " + shown.values();
    }
    Map<String, Set<Row>> expected = new HashMap<>();
    shown.forEach((key, versions) -> expect(expected, row(key, versions)));
    for (Map.Entry<String, Set<Row>> ofKey : expected.entrySet()) {
      List<Row> read = table.lookup(ofKey.getKey());
      if (read.size() != ofKey.getValue().size() || !ofKey.getValue().containsAll(read)) {
        return "at "
            + node.name()
            + " a reader sees "
            + read
            + " in the place of "
            + ofKey.getValue()
            + " of "
            + shown.values();
      }
    }
    return null;
  }

  private static void expect(Map<String, Set<Row>> expected, Row row) {
    expected.computeIfAbsent(row.key(), any -> new HashSet<>()).add(row);
  }

  /** What is seen of a key of replication: in a bag, that is the record itself. */
  private Row row(Object key, List<LiveVersion> versions) {
    if (key instanceof Element<?, ?> element) {
      return (Row) element.record();
    }
    versions.sort(LATEST_LAST);
    if (!resolves || versions.size() == 1) {
      return record(versions.getLast());
    }
    return Merging.resolve(versions.stream().map(this::record).toList());
  }

  private Row record(LiveVersion version) {
    return (Row) Objects.requireNonNull(history.record(version), "nobody wrote " + version);
  }
}
