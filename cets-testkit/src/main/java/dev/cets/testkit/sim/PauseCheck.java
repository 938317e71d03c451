package dev.cets.testkit.sim;

import dev.cets.replication.Incarnation;
import dev.cets.replication.TableSnapshot.LiveVersion;
import dev.cets.table.Element;
import dev.cets.testkit.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * While a node is paused, none of its callers' writes is stamped. What was under way when the pause
 * began may end: a call that waited for its leader, or takes back what it had written.
 */
final class PauseCheck implements Checker {
  /** A pause, from when it is in force until somebody wants its end. */
  static final class Pause {
    private final Object run;
    private final long untilNanos;
    private final Set<Object> waiting;
    private boolean over;

    private Pause(Object run, long untilNanos, Set<Object> waiting) {
      this.run = run;
      this.untilNanos = untilNanos;
      this.waiting = waiting;
    }

    void over() {
      over = true;
    }
  }

  private final SimulatedNetwork network;
  private final Cluster cluster;
  private final WriteHistory history;
  private final Verdict verdict;
  private final List<Pause> pauses = new ArrayList<>();
  private final Set<Object> ofLeaders = new HashSet<>();

  PauseCheck(Cluster cluster, WriteHistory history, Verdict verdict) {
    this.network = cluster.network();
    this.cluster = cluster;
    this.history = history;
    this.verdict = verdict;
  }

  void waitsForLeader(Row row) {
    ofLeaders.add(row);
  }

  /** A pause is in force in this run. */
  Pause begun(Object run, long untilNanos) {
    Pause pause = new Pause(run, untilNanos, Set.copyOf(ofLeaders));
    pauses.add(pause);
    return pause;
  }

  @Override
  public void written(String table, Incarnation origin, long stamp, List<SeenChange> changes) {
    if (pauses.isEmpty() || changes.isEmpty()) {
      return;
    }
    pauses.removeIf(pause -> pause.over || pause.untilNanos <= network.now());
    SimulatedNode node = cluster.running(origin);
    for (Pause pause : pauses) {
      if (node != null && Objects.equals(pause.run, node.run())) {
        verdict.check(
            "nothing is written during a pause", () -> wrong(pause, origin, stamp, changes));
      }
    }
  }

  private @Nullable String wrong(
      Pause pause, Incarnation origin, long stamp, List<SeenChange> changes) {
    for (SeenChange change : changes) {
      if (!isRewritten(origin, change) && !wasUnderWay(pause, origin, change)) {
        return origin + " wrote " + stamp + " " + changes + " though it was paused";
      }
    }
    return null;
  }

  /** A node that goes on as a new incarnation takes its own records with it. */
  private static boolean isRewritten(Incarnation origin, SeenChange change) {
    return change.inserts()
        && change.replaces().stream()
            .anyMatch(
                old -> old.origin().name().equals(origin.name()) && !old.origin().equals(origin));
  }

  private boolean wasUnderWay(Pause pause, Incarnation origin, SeenChange change) {
    Object record = change.record();
    return record == null
        ? change.replaces().stream()
            .allMatch(old -> isOfLeader(new LiveVersion(change.key(), origin, old.stamp())))
        : pause.waiting.contains(row(change.key(), record));
  }

  private boolean isOfLeader(LiveVersion version) {
    Object record = history.record(version);
    return record != null && ofLeaders.contains(row(version.key(), record));
  }

  /** What the caller wrote: in a bag it is the key, and the record only says that it is there. */
  private static Object row(Object key, Object record) {
    return key instanceof Element<?, ?> element ? element.record() : record;
  }
}
