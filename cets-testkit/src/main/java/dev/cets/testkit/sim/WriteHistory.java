package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.replication.Witness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every write that any node ever applied: a stupid model that knows only the set of writes, and
 * nothing of links, pulls or peers.
 */
final class WriteHistory {
  /** A write, by name. */
  record Made(Incarnation origin, long stamp, List<Witness.SeenChange> changes) {}

  private final List<Made> writes = new ArrayList<>();
  private final Map<Incarnation, List<Long>> stamps = new HashMap<>();
  private final Map<LiveVersion, Object> records = new HashMap<>();
  private final Map<LiveVersion, List<Made>> removers = new HashMap<>();
  private final Map<LiveVersion, Made> standing = new LinkedHashMap<>();

  void written(Incarnation origin, long stamp, List<Witness.SeenChange> changes) {
    Made write = new Made(origin, stamp, changes);
    writes.add(write);
    stamps.computeIfAbsent(origin, any -> new ArrayList<>()).add(stamp);
    for (Witness.SeenChange change : changes) {
      for (Witness.SeenVersion old : change.replaces()) {
        LiveVersion version = new LiveVersion(change.key(), old.origin(), old.stamp());
        removers.computeIfAbsent(version, any -> new ArrayList<>(1)).add(write);
        standing.remove(version);
      }
      Object record = change.record();
      if (record != null) {
        LiveVersion version = new LiveVersion(change.key(), origin, stamp);
        records.put(version, record);
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
