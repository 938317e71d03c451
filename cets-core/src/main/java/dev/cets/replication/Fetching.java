package dev.cets.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The questions of a pull for the records of the peer's own versions that are bare here. The peer
 * has them all: nobody lets go of what is its own. A few questions are under way at once, each
 * limited in names and bytes; a look for more passes over so many versions at most, and a question
 * may then be about few, or none.
 */
final class Fetching<K, R> {
  private static final int MOST_ASKED = 1000;
  private static final int MOST_LOOKED_AT = 20_000;

  private final Origin owner;
  private final Deque<List<KeyVersion<K>>> underWay = new ArrayDeque<>();
  private final Deque<KeyVersion<K>> unanswered = new ArrayDeque<>();
  private final BucketWalk<K, R> walk;
  private int bareBefore = Integer.MAX_VALUE;

  Fetching(Origin owner, VersionStore<K, R> store) {
    this.owner = owner;
    this.walk = new BucketWalk<>(store);
  }

  int questions() {
    return underWay.size();
  }

  /** Is every record of the peer here, as far as it is still live? */
  boolean isDone() {
    return owner.bare() == 0 && underWay.isEmpty();
  }

  /**
   * The versions to ask about next, maybe none, which is a question as well; or null, if there is
   * nothing to ask before the others are answered.
   */
  @Nullable List<KeyVersion<K>> next(ToIntFunction<K> keyBytes, long mostBytes) {
    if (walk.isOver() && unanswered.isEmpty() && (!underWay.isEmpty() || !beginAnew())) {
      return null;
    }
    List<KeyVersion<K>> next = new ArrayList<>();
    long bytes = 0;
    int looked = 0;
    while (next.size() < MOST_ASKED && bytes < mostBytes && looked < MOST_LOOKED_AT) {
      KeyVersion<K> version = unanswered.pollFirst();
      if (version != null) {
        next.add(version);
        bytes += keyBytes.applyAsInt(version.key());
      } else if (walk.isOver()) {
        break;
      } else {
        looked += walk.next(this::look);
      }
    }
    underWay.addLast(next);
    return next;
  }

  /** Through the whole table once more, if the last time has helped. */
  private boolean beginAnew() {
    boolean helped = owner.bare() < bareBefore;
    if (helped) {
      bareBefore = owner.bare();
      walk.begin();
    }
    return helped;
  }

  /** Takes note of what is bare in a key. */
  private void look(LiveVersions<K, R> live) {
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (version.isBare() && version.origin() == owner) {
        unanswered.addLast(
            new KeyVersion<>(live.key(), live.hash(), owner.incarnation(), version.stamp()));
      }
    }
  }

  /** The oldest question was answered for these keys; what is left of it is asked again. */
  void answered(Set<K> keys) {
    List<KeyVersion<K>> asked = underWay.pollFirst();
    if (asked != null) {
      for (KeyVersion<K> version : asked) {
        if (!keys.contains(version.key())) {
          unanswered.addLast(version);
        }
      }
    }
  }
}
