package dev.cets.replication;

import java.util.HashMap;
import java.util.Map;

/**
 * Whose records readers of a table see, by this node's own view: its own, those of joined peers,
 * and those of peers that went down less than the grace ago. With policy KEEP nobody's are ever
 * hidden.
 */
final class Showing<K, R> {
  private final Intake<K, R> intake;
  private final boolean keep;
  private final long graceNanos;
  private final Rules rules;
  private final Map<Incarnation, Long> hiddenAtNanos = new HashMap<>();

  Showing(Intake<K, R> intake, boolean keep, TableOptions options, Rules rules) {
    this.intake = intake;
    this.keep = keep;
    this.rules = rules;
    this.graceNanos = Durations.saturatedNanos(options.grace());
  }

  void joined(Incarnation peer) {
    hiddenAtNanos.remove(peer);
    if (rules.keep(Rule.SHOW_WHO_IS_JOINED)) {
      intake.store().show(intake.origin(peer), true);
    }
  }

  /** It is back within its grace, if there is one left: its records stay while it joins. */
  void up(Incarnation peer) {
    hiddenAtNanos.remove(peer);
  }

  void down(Incarnation peer, long nowNanos) {
    Origin origin = intake.known(peer);
    if (keep || origin == null || !origin.visible() || !rules.keep(Rule.HIDE_WHO_IS_DOWN)) {
      return;
    }
    if (graceNanos == 0) {
      intake.store().show(origin, false);
    } else {
      hiddenAtNanos.put(peer, nowNanos + graceNanos);
    }
  }

  /** Hides those whose grace is over. */
  void tick(long nowNanos) {
    if (!hiddenAtNanos.isEmpty()) {
      hiddenAtNanos
          .entrySet()
          .removeIf(entry -> isOver(entry.getKey(), entry.getValue(), nowNanos));
    }
  }

  private boolean isOver(Incarnation peer, long atNanos, long nowNanos) {
    if (nowNanos - atNanos < 0) {
      return false;
    }
    Origin origin = intake.known(peer); // it may have been given up meanwhile
    if (origin != null) {
      intake.store().show(origin, false);
    }
    return true;
  }
}
