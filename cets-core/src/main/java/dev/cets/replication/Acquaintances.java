package dev.cets.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that were accepted here at some time: since when each is up or down, and how long to
 * wait before linking with one that comes and goes.
 */
final class Acquaintances {
  /** Those that are down longest are forgotten beyond this. */
  static final int MOST_REMEMBERED = 1000;

  /** A node that was up, or away, for so many beats is steady: what was before is forgiven. */
  private static final int STEADY_BEATS = 60;

  /** One short life is an accident. */
  private static final int FORGIVEN = 1;

  private static final int MAX_DOUBLINGS = 10;

  private record Met(
      Incarnation run,
      String address,
      boolean up,
      long sinceNanos,
      String reason,
      int shortLives) {}

  private final Replication node;
  private final Map<String, Met> byName = new LinkedHashMap<>();

  Acquaintances(Replication node) {
    this.node = node;
  }

  /** A node was accepted; says how long it had been down, -1 if it was never met. */
  long up(Incarnation run, String address) {
    Met before = byName.get(run.name());
    if (before != null && before.up()) {
      return 0; // this node goes on as a new run, and greets those who stay
    }
    byName.remove(run.name());
    long away = before == null ? -1 : node.now() - before.sinceNanos();
    int shortLives = before == null || isSteady(away) ? 0 : before.shortLives();
    byName.put(run.name(), new Met(run, address, true, node.now(), "", shortLives));
    return away;
  }

  private boolean isSteady(long nanos) {
    return nanos >= node.settings().beat().multipliedBy(STEADY_BEATS).toNanos();
  }

  /** One that was accepted is down; says how long it had been up. */
  long down(Incarnation run, String reason) {
    Met before = byName.remove(run.name());
    long lived = before == null ? 0 : node.now() - before.sinceNanos();
    int shortLives = isSteady(lived) || before == null ? 0 : before.shortLives() + 1;
    String address = before == null ? "" : before.address();
    byName.put(run.name(), new Met(run, address, false, node.now(), reason, shortLives));
    if (byName.size() > MOST_REMEMBERED) {
      forgetOne();
    }
    return lived;
  }

  private void forgetOne() {
    for (Map.Entry<String, Met> entry : byName.entrySet()) {
      if (!entry.getValue().up()) {
        byName.remove(entry.getKey());
        return;
      }
    }
  }

  /** An operator says that it will not come back. */
  void forget(String name) {
    Met met = byName.get(name);
    if (met != null && !met.up()) {
      byName.remove(name);
    }
  }

  /**
   * How long to leave a node alone that has just come: longer each time that it stayed for a short
   * while only, so that one which comes and goes does not keep the others busy; but not for so long
   * that it takes its hello for lost.
   */
  long restNanos(String name) {
    Met met = byName.get(name);
    int doublings = met == null ? 0 : met.shortLives() - FORGIVEN;
    return doublings <= 0
        ? 0
        : Math.min(
            node.settings().beat().toNanos() << Math.min(doublings - 1, MAX_DOUBLINGS),
            node.settings().progressLimit().toNanos() / 2);
  }

  /** What is known of a node that is or was accepted, or null. */
  @Nullable PeerView view(String name, boolean discovers) {
    Met met = byName.get(name);
    return met == null
        ? null
        : new PeerView(
            name,
            met.run().toString(),
            met.address(),
            met.up(),
            met.up() && discovers,
            node.now() - met.sinceNanos(),
            met.reason());
  }

  /** The names of all of them. */
  List<String> names() {
    return new ArrayList<>(byName.keySet());
  }
}
