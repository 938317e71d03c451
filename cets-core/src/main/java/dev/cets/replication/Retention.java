package dev.cets.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Lets go of the records of nodes that have been away for longer than the retention. Their versions
 * stay, bare, in what is held, in digests and in transfers, so that replicas stay comparable; and a
 * node that comes back is asked for its records before it is shown (see {@link Fetching}). Goes
 * through the table a little at a time.
 */
final class Retention<K, R> {
  /** With each tick, keys and buckets. */
  static final int MOST_LOOKED_AT = 10_000;

  private final Intake<K, R> intake;
  private final Links<K, R> links;
  private final boolean applies;
  private final long retentionNanos;
  private final BiConsumer<Incarnation, Integer> letGo;
  private final BucketWalk<K, R> walk;

  /**
   * For one table.
   *
   * @param applies whether records are ever hidden in it, and are more than their keys
   * @param letGo told when the last record of an incarnation went, with the number of its versions
   */
  Retention(
      Intake<K, R> intake,
      Links<K, R> links,
      boolean applies,
      Duration retention,
      BiConsumer<Incarnation, Integer> letGo) {
    this.intake = intake;
    this.links = links;
    this.applies = applies;
    this.retentionNanos = Durations.saturatedNanos(retention);
    this.letGo = letGo;
    this.walk = new BucketWalk<>(intake.store());
  }

  void tick(long nowNanos) {
    Set<Origin> due = applies ? due(nowNanos) : Set.of();
    if (due.isEmpty()) {
      return;
    }
    int looked = 0;
    while (looked < MOST_LOOKED_AT) {
      if (walk.isOver()) {
        walk.begin();
      }
      List<LiveVersions<K, R>> found = new ArrayList<>();
      looked += walk.next(found::add);
      intake.bare(found, due);
      due.removeIf(this::isBare);
      if (due.isEmpty()) {
        return;
      }
    }
  }

  private boolean isBare(Origin origin) {
    if (origin.withRecord() > 0) {
      return false;
    }
    letGo.accept(origin.incarnation(), origin.bare());
    return true;
  }

  /** Whose records have to go now; keeps book of who is away. */
  private Set<Origin> due(long nowNanos) {
    Set<Origin> due = new HashSet<>();
    Set<Incarnation> linked = linked();
    for (Origin origin : intake.origins()) {
      if (origin.visible() || linked.contains(origin.incarnation())) {
        origin.awaySinceNanos(Origin.NOT_AWAY);
      } else if (origin.awaySinceNanos() == Origin.NOT_AWAY) {
        origin.awaySinceNanos(nowNanos);
      }
      if (isOver(origin, nowNanos) && origin.withRecord() > 0) {
        due.add(origin);
      }
    }
    return due;
  }

  private boolean isOver(Origin origin, long nowNanos) {
    return origin.awaySinceNanos() != Origin.NOT_AWAY
        && nowNanos - origin.awaySinceNanos() >= retentionNanos;
  }

  /** Those that are connected and have the table: they are about to be shown again. */
  private Set<Incarnation> linked() {
    Set<Incarnation> linked = new HashSet<>();
    for (Link<K, R> link : links.all()) {
      if (!link.isRefused()) {
        linked.add(link.peer().identity());
      }
    }
    return linked;
  }
}
