package dev.cets.replication;

import dev.cets.replication.Write.Change;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a replica holds, as a function of the set of writes taken in, whatever their order. Every
 * key changes in one step, so that no reader sees it vanish and come back.
 */
final class Intake<K, R> {
  /** Who wants to know of every version that comes in. */
  interface Newcomers<K> {
    boolean wanted();

    /** From whom: null for its own origin's stream. */
    void added(KeyVersion<K> version, @Nullable Object from);
  }

  private final VersionStore<K, R> store;
  private final Gone gone;
  private final HybridClock clock;
  private final boolean keep;
  private final Rules rules;
  private final Newcomers<K> newcomers;
  private final Consumer<K> several;
  private final Map<Incarnation, Origin> origins = new HashMap<>();
  private final Set<KeyVersion<K>> early = new HashSet<>();
  private final Merging<K, R> merging;

  Intake(
      VersionStore<K, R> store,
      Gone gone,
      HybridClock clock,
      boolean keep,
      Rules rules,
      Newcomers<K> newcomers,
      Consumer<K> several) {
    this.several = several;
    this.store = store;
    this.gone = gone;
    this.clock = clock;
    this.keep = keep;
    this.rules = rules;
    this.newcomers = newcomers;
    this.merging = new Merging<>(this, clock, rules, newcomers, several);
  }

  /** Takes in what transfers bring. */
  Merging<K, R> merging() {
    return merging;
  }

  VersionStore<K, R> store() {
    return store;
  }

  Origin origin(Incarnation incarnation) {
    Origin known = origins.get(incarnation);
    if (known == null) {
      known = new Origin(incarnation);
      known.visible(keep);
      origins.put(incarnation, known);
    }
    return known;
  }

  @Nullable Origin known(Incarnation incarnation) {
    return origins.get(incarnation);
  }

  Iterable<Incarnation> incarnations() {
    return origins.keySet();
  }

  Iterable<Origin> origins() {
    return origins.values();
  }

  int earlyRemovals() {
    return early.size();
  }

  Set<KeyVersion<K>> early() {
    return early;
  }

  long unbroken(Incarnation incarnation) {
    Origin known = origins.get(incarnation);
    return known == null ? 0 : known.seen().unbroken();
  }

  /** Was something of it taken in beyond a write that was not? */
  boolean hasHole(Incarnation incarnation) {
    Origin known = origins.get(incarnation);
    return known != null && known.seen().last() > known.seen().unbroken();
  }

  boolean hasSeen(Incarnation incarnation, long stamp) {
    Origin known = origins.get(incarnation);
    return known != null && known.hasSeen(stamp);
  }

  /** With policy KEEP links are given up, but never records. */
  boolean drops(Incarnation incarnation) {
    return !keep && gone.has(incarnation);
  }

  /** What this node knows now. */
  Context<K> context() {
    Map<Incarnation, Intervals> seen = new HashMap<>();
    origins.forEach(
        (incarnation, origin) -> {
          Intervals pieces = origin.seen();
          boolean told = rules.keep(Rule.TELL_ALL_INTERVALS) || pieces.unbroken() > 0;
          if (!pieces.isEmpty() && told) {
            Intervals copy = pieces.copy();
            if (!rules.keep(Rule.TELL_ALL_INTERVALS)) {
              copy.keepFirstPieceOnly();
            }
            seen.put(incarnation, copy);
          }
        });
    Set<KeyVersion<K>> removed =
        early.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(early));
    return new Context<>(seen, removed);
  }

  /** Has everything that this context has seen been taken in here? */
  boolean hasSeenAll(Context<K> context) {
    for (Map.Entry<Incarnation, Intervals> entry : context.seen().entrySet()) {
      Origin origin = origins.get(entry.getKey());
      boolean seen = origin != null && origin.seen().hasAll(entry.getValue());
      if (!seen && !drops(entry.getKey())) {
        return false;
      }
    }
    return true;
  }

  /** Takes in a write that has not been seen. */
  void takeIn(Incarnation writer, Write<K, R> write) {
    Origin origin = origin(writer);
    clock.shown(write.stamp());
    boolean mayStay = !drops(writer);
    for (Change<K, R> change : write.changes()) {
      takeIn(origin, write.stamp(), change, mayStay);
    }
    boolean chained = rules.keep(Rule.REMEMBER_PREDECESSORS);
    origin.seen().add(chained ? write.previous() : 0, write.stamp());
    if (!rules.keep(Rule.REMEMBER_BEYOND_HOLES) && origin.seen().unbroken() > 0) {
      origin.seen().keepFirstPieceOnly();
    }
  }

  private void takeIn(Origin origin, long stamp, Change<K, R> change, boolean mayStay) {
    LiveVersions<K, R> live = store.versions(change.key());
    K key = live == null ? change.key() : live.key();
    R record = change.record();
    if (record != null && early.isEmpty() && mayStay && isPlain(live, change)) {
      store.set(key, change.hash(), live, origin, stamp, record);
      tellNewcomer(key, change, origin, stamp);
      return;
    }
    List<Version<R>> rest =
        live == null || !rules.keep(Rule.REMOVE_ONLY_WHAT_WAS_HELD) ? List.of() : copy(live);
    for (VersionId old : change.replaces()) {
      drop(key, change.hash(), rest, old.origin(), old.stamp());
    }
    boolean adds = record != null && accepts(key, change.hash(), origin, stamp);
    if (adds && record != null) {
      if (rest.isEmpty()) {
        store.set(key, change.hash(), live, origin, stamp, record);
      } else {
        int at = find(rest, origin, stamp);
        if (at < 0 || !rules.keep(Rule.KNOW_VERSIONS_BY_NAME)) {
          rest.add(new Version<>(origin, stamp, record));
        } else if (rest.get(at).isBare()) { // it came by a transfer before, without its record
          rest.set(at, new Version<>(origin, stamp, record));
        }
        store.set(key, change.hash(), rest);
        if (rest.size() > 1) {
          several.accept(key);
        }
      }
      tellNewcomer(key, change, origin, stamp);
    } else if (live != null && rest.size() != live.count()) {
      store.set(key, change.hash(), rest);
    }
  }

  /**
   * Does the change replace just what is here, and no more? Most do, and what follows for others
   * comes to the same for them.
   */
  private static <K, R> boolean isPlain(@Nullable LiveVersions<K, R> live, Change<K, R> change) {
    List<VersionId> replaced = change.replaces();
    if (live == null) {
      return replaced.isEmpty();
    }
    if (live.count() != 1 || replaced.size() != 1) {
      return false;
    }
    Version<R> here = live.version(0);
    VersionId old = replaced.get(0);
    return here.stamp() == old.stamp()
        && here.origin().incarnation().equals(old.origin())
        && here.origin().hasSeen(old.stamp());
  }

  private void tellNewcomer(K key, Change<K, R> change, Origin origin, long stamp) {
    if (newcomers.wanted()) {
      newcomers.added(new KeyVersion<>(key, change.hash(), origin.incarnation(), stamp), null);
    }
  }

  private boolean accepts(K key, long hash, Origin origin, long stamp) {
    if (rules.keep(Rule.HEED_EARLY_REMOVALS)
        && !early.isEmpty()
        && early.remove(new KeyVersion<>(key, hash, origin.incarnation(), stamp))) {
      return false;
    }
    return !drops(origin.incarnation());
  }

  /**
   * Lets go of the records of these origins in some keys; their versions stay.
   *
   * @param keys a copy, apart from the store
   */
  void bare(Iterable<LiveVersions<K, R>> keys, Set<Origin> of) {
    store.because(Cause.NODE_DOWN);
    for (LiveVersions<K, R> live : keys) {
      List<Version<R>> versions = copy(live);
      boolean changed = false;
      for (int i = 0; i < versions.size(); i++) {
        Version<R> version = versions.get(i);
        if (!version.isBare() && of.contains(version.origin())) {
          versions.set(i, version.bare());
          changed = true;
        }
      }
      if (changed) {
        store.set(live.key(), live.hash(), versions);
      }
    }
  }

  /** Forgets the incarnations that are gone, if this table gives them up. */
  void retire() {
    if (keep || origins.keySet().stream().noneMatch(gone::has)) {
      return;
    }
    List<LiveVersions<K, R>> touched = new ArrayList<>();
    store.forEach(
        live -> {
          for (int i = 0; i < live.count(); i++) {
            if (gone.has(live.version(i).origin().incarnation())) {
              touched.add(live);
              break;
            }
          }
        });
    store.because(Cause.NODE_DOWN);
    for (LiveVersions<K, R> live : touched) {
      List<Version<R>> rest = copy(live);
      rest.removeIf(version -> gone.has(version.origin().incarnation()));
      store.set(live.key(), live.hash(), rest);
    }
    early.removeIf(removed -> gone.has(removed.origin()));
    origins.keySet().removeIf(gone::has);
  }

  /** Which of these names are live here, and known there? */
  boolean isLive(KeyVersion<K> name) {
    LiveVersions<K, R> live = store.versions(name.key());
    Origin origin = origins.get(name.origin());
    return live != null && origin != null && find(copy(live), origin, name.stamp()) >= 0;
  }

  /**
   * Removes a version; if its own write has not been taken in, remembers that, so it stays away.
   */
  void drop(K key, long hash, List<Version<R>> versions, Incarnation origin, long stamp) {
    Origin known = origins.get(origin);
    int at = known == null ? -1 : find(versions, known, stamp);
    if (at >= 0) {
      versions.remove(at);
    }
    if ((known != null && known.hasSeen(stamp))
        || drops(origin)
        || !rules.keep(Rule.REMEMBER_EARLY_REMOVALS)
        || (at >= 0 && !rules.keep(Rule.REMEMBER_REMOVALS_OF_UNSEEN))) {
      return;
    }
    early.add(new KeyVersion<>(key, hash, origin, stamp));
  }

  static <R> int find(List<Version<R>> versions, Origin origin, long stamp) {
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).is(origin, stamp)) {
        return i;
      }
    }
    return -1;
  }

  static <K, R> List<Version<R>> copy(LiveVersions<K, R> live) {
    List<Version<R>> versions = new ArrayList<>(live.count() + 1);
    for (int i = 0; i < live.count(); i++) {
      versions.add(live.version(i));
    }
    return versions;
  }
}
