package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.replication.Witness.SeenChange;
import dev.cets.replication.Witness.SeenVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every write that any node ever applied: a stupid model that knows only the set of writes, and
 * nothing of links, pulls or peers. What a write removes is what its node held of the key; but an
 * insert into a bag removes at most what its own node had written: equal records of two nodes
 * belong to both.
 */
final class WriteHistory {
  /** A write, by name. */
  record Made(Incarnation origin, long stamp, List<SeenChange> changes) {}

  private final boolean bag;
  private final List<Made> writes = new ArrayList<>();
  private final Map<Incarnation, List<Long>> stamps = new HashMap<>();
  private final Map<LiveVersion, Object> records = new HashMap<>();
  private final Map<Object, Map<Incarnation, List<Long>>> stampsOfRecords = new HashMap<>();
  private final Map<LiveVersion, List<Made>> removers = new HashMap<>();
  private final Map<LiveVersion, Made> standing = new LinkedHashMap<>();

  /** Nothing was written yet, to a bag or to a table of another type. */
  WriteHistory(boolean bag) {
    this.bag = bag;
  }

  /** The versions that are no more where this change of this origin was taken in. */
  List<SeenVersion> removes(Incarnation origin, SeenChange change) {
    return bag && change.inserts()
        ? change.replaces().stream().filter(old -> old.origin().equals(origin)).toList()
        : change.replaces();
  }

  void written(Incarnation origin, long stamp, List<SeenChange> changes) {
    Made write = new Made(origin, stamp, changes);
    writes.add(write);
    stamps.computeIfAbsent(origin, any -> new ArrayList<>()).add(stamp);
    for (SeenChange change : changes) {
      for (SeenVersion old : removes(origin, change)) {
        LiveVersion version = new LiveVersion(change.key(), old.origin(), old.stamp());
        removers.computeIfAbsent(version, any -> new ArrayList<>(1)).add(write);
        standing.remove(version);
      }
      Object record = change.record();
      if (record != null) {
        LiveVersion version = new LiveVersion(change.key(), origin, stamp);
        records.put(version, record);
        stampsOfRecords
            .computeIfAbsent(record, any -> new HashMap<>(1))
            .computeIfAbsent(origin, any -> new ArrayList<>(1))
            .add(stamp);
        standing.put(version, write);
      }
    }
  }

  List<Made> writes() {
    return writes;
  }

  /** The stamps of an origin's writes, in order. */
  List<Long> stamps(Incarnation origin) {
    return stamps.getOrDefault(origin, List.of());
  }

  /** Who wrote this record, and when. */
  Map<Incarnation, List<Long>> stampsOf(Row record) {
    return stampsOfRecords.getOrDefault(record, Map.of());
  }

  /** The versions that no write ever replaced. */
  Set<LiveVersion> standing() {
    return standing.keySet();
  }

  /** The writes that replaced this version. */
  List<Made> removers(LiveVersion version) {
    return removers.getOrDefault(version, List.of());
  }

  /** The record of a version, or null if nobody wrote it. */
  @Nullable Object record(LiveVersion version) {
    return records.get(version);
  }
}
