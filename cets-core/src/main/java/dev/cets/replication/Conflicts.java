package dev.cets.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Tells of keys with several live versions. A later write may come before an earlier one that it
 * replaces, by a transfer or over another link; that is no conflict. So a key waits while a pull is
 * under way, and while a version of it is known to have been removed and not been seen: but not for
 * longer than a transfer may stand still.
 */
final class Conflicts<K, R> {
  private static final int MOST_WAITING = 10_000;

  private final Intake<K, R> intake;
  private final BiConsumer<K, List<Version<R>>> told;
  private final Map<K, Long> waiting = new LinkedHashMap<>();

  /** Tells this of what is a conflict, with all versions that have their record. */
  Conflicts(Intake<K, R> intake, BiConsumer<K, List<Version<R>>> told) {
    this.intake = intake;
    this.told = told;
  }

  /** The key has several versions now, and one more than before. */
  void several(K key, long nowNanos) {
    waiting.putIfAbsent(key, nowNanos);
    if (waiting.size() > MOST_WAITING) {
      K oldest = waiting.keySet().iterator().next();
      waiting.remove(oldest);
      tell(oldest);
    }
  }

  /**
   * Tells what has waited for long enough.
   *
   * @param since keys that have waited since then wait no longer
   */
  void tick(boolean pulling, long since) {
    if (waiting.isEmpty()) {
      return;
    }
    Set<K> unsettled = new HashSet<>();
    intake.early().forEach(removed -> unsettled.add(removed.key()));
    List<K> due = new ArrayList<>();
    Iterator<Map.Entry<K, Long>> all = waiting.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<K, Long> next = all.next();
      if (next.getValue() <= since || (!pulling && !unsettled.contains(next.getKey()))) {
        due.add(next.getKey());
        all.remove();
      }
    }
    due.forEach(this::tell);
  }

  private void tell(K key) {
    LiveVersions<K, R> live = intake.store().versions(key);
    List<Version<R>> versions = new ArrayList<>();
    for (int i = 0; live != null && i < live.count(); i++) {
      if (!live.version(i).isBare()) { // told when its owner is back, and with it the record
        versions.add(live.version(i));
      }
    }
    if (versions.size() > 1) {
      told.accept(key, versions);
    }
  }
}
