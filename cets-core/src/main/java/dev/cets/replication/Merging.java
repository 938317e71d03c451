package dev.cets.replication;

import dev.cets.replication.LinkMessage.CopiedVersion;
import dev.cets.replication.LinkMessage.Copy;
import dev.cets.spi.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Merges what transfers bring into what is here; each key changes in one step. */
final class Merging<K, R> {
  private final Intake<K, R> intake;
  private final HybridClock clock;
  private final Rules rules;
  private final Intake.Newcomers<K> newcomers;
  private final Consumer<K> several;

  Merging(
      Intake<K, R> intake,
      HybridClock clock,
      Rules rules,
      Intake.Newcomers<K> newcomers,
      Consumer<K> several) {
    this.intake = intake;
    this.clock = clock;
    this.rules = rules;
    this.newcomers = newcomers;
    this.several = several;
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
    intake.store().because(Cause.JOIN);
    int changes = 0;
    for (K key : held) {
      if (!theirs.containsKey(key)) {
        changes += compare(key, intake.store().versions(key), null, context, from);
      }
    }
    // All are looked up first: so the processor waits for the memory of several at a time.
    List<@Nullable LiveVersions<K, R>> here = new ArrayList<>(theirs.size());
    for (Copy<K, R> copy : theirs.values()) {
      here.add(intake.store().versions(copy.key()));
    }
    int next = 0;
    for (Copy<K, R> copy : theirs.values()) {
      changes += compare(copy.key(), here.get(next++), copy, context, from);
    }
    return changes;
  }

  /**
   * The keys in a part of the table that are here, and that a peer who knows so much might have
   * removed. One that has just begun knows nothing: then there is nothing to look for.
   */
  List<K> suspects(TablePart part, Context<K> context, Codec<K> keys) {
    if (context.isEmpty()) {
      return List.of();
    }
    List<K> found = new ArrayList<>();
    for (HashRange range : part.ranges()) {
      intake
          .store()
          .forEachIn(
              range.from(),
              range.to(),
              live -> {
                if (knowsAny(context, live) && isIn(part, live, keys)) {
                  found.add(live.key());
                }
              });
    }
    return found;
  }

  private boolean isIn(TablePart part, LiveVersions<K, R> live, Codec<K> keys) {
    return !rules.keep(Rule.CUT_WITHIN_A_HASH) || part.holds(live.key(), live.hash(), keys);
  }

  /**
   * Those ranges of which a chunk did not tell all, and where something else is here than what it
   * left out. What the peer does not know is no matter of it.
   *
   * @param told the keys that it told of
   */
  List<HashRange> unclear(List<Rest> rests, Set<K> told, Context<K> context) {
    List<HashRange> found = new ArrayList<>();
    for (Rest rest : rests) {
      VersionSum sum = new VersionSum();
      HashRange range = rest.range();
      intake
          .store()
          .forEachIn(
              range.from(),
              range.to(),
              live -> {
                if (!told.contains(live.key())) {
                  addKnown(sum, context, live);
                }
              });
      if (!rest.isOf(sum) && rules.keep(Rule.COMPARE_WHAT_IS_LEFT_OUT)) {
        found.add(range);
      }
    }
    return found;
  }

  private static <K, R> void addKnown(VersionSum sum, Context<K> context, LiveVersions<K, R> live) {
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (context.knows(live.key(), version.origin().incarnation(), version.stamp())) {
        sum.add(live.hash(), version);
      }
    }
  }

  private static <K, R> boolean knowsAny(Context<K> context, LiveVersions<K, R> live) {
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (context.knows(live.key(), version.origin().incarnation(), version.stamp())) {
        return true;
      }
    }
    return false;
  }

  private int compare(
      K anyKey,
      @Nullable LiveVersions<K, R> live,
      @Nullable Copy<K, R> copy,
      Context<K> context,
      Object from) {
    if (live == null && copy == null) {
      return 0;
    }
    if (live == null && copy != null && takesAlone(copy, from)) {
      return 1;
    }
    K key = live == null ? anyKey : live.key();
    long hash = live == null ? copyHash(copy) : live.hash();
    List<Version<R>> versions = live == null ? new ArrayList<>() : Intake.copy(live);
    List<CopiedVersion<R>> theirs = copy == null ? List.of() : copy.versions();
    int changes = 0;
    boolean filled = false;
    boolean added = false;
    for (CopiedVersion<R> version : theirs) {
      if (intake.drops(version.origin()) && rules.keep(Rule.TAKE_NOTHING_OF_THE_GONE)) {
        continue;
      }
      Origin origin = intake.origin(version.origin());
      R record = version.record();
      int at = Intake.find(versions, origin, version.stamp());
      if (at >= 0 && record != null && versions.get(at).isBare()) {
        versions.set(at, new Version<>(origin, version.stamp(), record));
        filled = true;
        added = true;
      }
      if (at >= 0 || origin.hasSeen(version.stamp())) {
        continue;
      }
      KeyVersion<K> name = new KeyVersion<>(key, hash, version.origin(), version.stamp());
      if ((record != null || version.bare()) && !intake.early().contains(name)) {
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
        intake.drop(key, hash, versions, origin, mine.stamp());
        changes++;
      }
    }
    if (changes > 0 || filled) {
      intake.store().set(key, hash, versions);
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
    if (version == null
        || record == null
        || !intake.early().isEmpty()
        || intake.drops(version.origin())) {
      return false;
    }
    Origin origin = intake.origin(version.origin());
    if (origin.hasSeen(version.stamp())) {
      return false;
    }
    clock.shown(version.stamp());
    intake.store().set(copy.key(), copy.hash(), null, origin, version.stamp(), record);
    newcomers.added(
        new KeyVersion<>(copy.key(), copy.hash(), version.origin(), version.stamp()), from);
    return true;
  }

  /** Takes over what the peer knew when the pull began, now that what it held has been taken. */
  void learn(Context<K> base) {
    intake.store().because(Cause.JOIN);
    for (KeyVersion<K> removed : base.early()) {
      if (!intake.drops(removed.origin())) {
        LiveVersions<K, R> live = intake.store().versions(removed.key());
        List<Version<R>> versions = live == null ? new ArrayList<>() : Intake.copy(live);
        int before = versions.size();
        intake.drop(removed.key(), removed.hash(), versions, removed.origin(), removed.stamp());
        if (versions.size() != before) {
          intake.store().set(removed.key(), removed.hash(), versions);
        }
      }
    }
    base.seen()
        .forEach(
            (incarnation, pieces) -> {
              if (!intake.drops(incarnation) && rules.keep(Rule.LEARN_THE_BASE)) {
                intake.origin(incarnation).seen().addAll(pieces);
                clock.shown(pieces.last());
              }
            });
    intake.early().removeIf(removed -> intake.hasSeen(removed.origin(), removed.stamp()));
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
}
