package dev.cets.replication;

import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.replication.Write.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    return new Context<>(seen, early.isEmpty() ? Set.of() : Set.copyOf(early));
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
    for (Change<K, R> change : write.changes()) {
      takeIn(origin, write.stamp(), change);
    }
    boolean chained = rules.keep(Rule.REMEMBER_PREDECESSORS);
    origin.seen().add(chained ? write.previous() : 0, write.stamp());
    if (!rules.keep(Rule.REMEMBER_BEYOND_HOLES) && origin.seen().unbroken() > 0) {
      origin.seen().keepFirstPieceOnly();
    }
  }

  private void takeIn(Origin origin, long stamp, Change<K, R> change) {
    LiveVersions<K, R> live = store.versions(change.key());
    K key = live == null ? change.key() : live.key();
    R record = change.record();
    if (record != null
        && early.isEmpty()
        && isPlain(live, change)
        && !drops(origin.incarnation())) {
      store.set(key, change.hash(), origin, stamp, record);
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
        store.set(key, change.hash(), origin, stamp, record);
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
   * Takes a part of what a peer holds: adds what was neither seen nor removed early here, drops
   * what is held here, and not there, though the peer knows it; gives a bare version its record, if
   * it comes. Nothing else.
   *
   * @param from the peer, as newcomers are told
   * @return how many versions came or went
   */
  int compare(Iterable<K> held, Map<K, Copy<K, R>> theirs, Context<K> context, Object from) {
    store.because(Cause.JOIN);
    int changes = 0;
    for (K key : held) {
      if (!theirs.containsKey(key)) {
        changes += compare(key, null, context, from);
      }
    }
    for (Copy<K, R> copy : theirs.values()) {
      changes += compare(copy.key(), copy, context, from);
    }
    return changes;
  }

  private int compare(K anyKey, @Nullable Copy<K, R> copy, Context<K> context, Object from) {
    LiveVersions<K, R> live = store.versions(anyKey);
    if (live == null && copy == null) {
      return 0;
    }
    if (live == null && copy != null && takesAlone(copy, from)) {
      return 1;
    }
    K key = live == null ? anyKey : live.key();
    long hash = live == null ? copyHash(copy) : live.hash();
    List<Version<R>> versions = live == null ? new ArrayList<>() : copy(live);
    List<CopiedVersion<R>> theirs = copy == null ? List.of() : copy.versions();
    int changes = 0;
    boolean filled = false;
    boolean added = false;
    for (CopiedVersion<R> version : theirs) {
      if (drops(version.origin()) && rules.keep(Rule.TAKE_NOTHING_OF_THE_GONE)) {
        continue;
      }
      Origin origin = origin(version.origin());
      R record = version.record();
      int at = find(versions, origin, version.stamp());
      if (at >= 0 && record != null && versions.get(at).isBare()) {
        versions.set(at, new Version<>(origin, version.stamp(), record));
        filled = true;
        added = true;
      }
      if (at >= 0 || origin.hasSeen(version.stamp())) {
        continue;
      }
      KeyVersion<K> name = new KeyVersion<>(key, hash, version.origin(), version.stamp());
      if ((record != null || version.bare()) && !early.contains(name)) {
        clock.shown(version.stamp());
        versions.add(new Version<>(origin, version.stamp(), record));
        newcomers.added(name, from);
        changes++;
        added = true;
      }
    }
    for (Version<R> mine : List.copyOf(versions)) {
      Incarnation origin = mine.origin().incarnation();
      if (!holds(theirs, mine) && context.knows(key, origin, mine.stamp())) {
        drop(key, hash, versions, origin, mine.stamp());
        changes++;
      }
    }
    if (changes > 0 || filled) {
      store.set(key, hash, versions);
    }
    if (added && versions.size() > 1) {
      several.accept(key);
    }
    return changes;
  }

  /** The short way for what a joining node takes most: one version of a key that is new here. */
  private boolean takesAlone(Copy<K, R> copy, Object from) {
    CopiedVersion<R> version = copy.versions().size() == 1 ? copy.versions().getFirst() : null;
    R record = version == null ? null : version.record();
    if (version == null || record == null || !early.isEmpty() || drops(version.origin())) {
      return false;
    }
    Origin origin = origin(version.origin());
    if (origin.hasSeen(version.stamp())) {
      return false;
    }
    clock.shown(version.stamp());
    store.set(copy.key(), copy.hash(), origin, version.stamp(), record);
    newcomers.added(
        new KeyVersion<>(copy.key(), copy.hash(), version.origin(), version.stamp()), from);
    return true;
  }

  /** Takes over what the peer knew when the pull began, now that what it held has been taken. */
  void learn(Context<K> base) {
    store.because(Cause.JOIN);
    for (KeyVersion<K> removed : base.early()) {
      if (!drops(removed.origin())) {
        LiveVersions<K, R> live = store.versions(removed.key());
        List<Version<R>> versions = live == null ? new ArrayList<>() : copy(live);
        int before = versions.size();
        drop(removed.key(), removed.hash(), versions, removed.origin(), removed.stamp());
        if (versions.size() != before) {
          store.set(removed.key(), removed.hash(), versions);
        }
      }
    }
    base.seen()
        .forEach(
            (incarnation, pieces) -> {
              if (!drops(incarnation) && rules.keep(Rule.LEARN_THE_BASE)) {
                origin(incarnation).seen().addAll(pieces);
                clock.shown(pieces.last());
              }
            });
    early.removeIf(removed -> hasSeen(removed.origin(), removed.stamp()));
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
  private void drop(K key, long hash, List<Version<R>> versions, Incarnation origin, long stamp) {
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

  private static <K, R> long copyHash(@Nullable Copy<K, R> copy) {
    return copy == null ? 0 : copy.hash();
  }

  private static <R> boolean holds(List<CopiedVersion<R>> theirs, Version<R> mine) {
    for (CopiedVersion<R> version : theirs) {
      if (version.stamp() == mine.stamp() && version.origin().equals(mine.origin().incarnation())) {
        return true;
      }
    }
    return false;
  }

  private static <R> int find(List<Version<R>> versions, Origin origin, long stamp) {
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).is(origin, stamp)) {
        return i;
      }
    }
    return -1;
  }

  private static <K, R> List<Version<R>> copy(LiveVersions<K, R> live) {
    List<Version<R>> versions = new ArrayList<>(live.count() + 1);
    for (int i = 0; i < live.count(); i++) {
      versions.add(live.version(i));
    }
    return versions;
  }
}
