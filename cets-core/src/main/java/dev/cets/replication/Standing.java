package dev.cets.replication;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands of a group of keys, and so in the way of an {@code insertNew}. Of a set a group is a
 * key, and at most one record stands. Of a bag it is all elements of one of the bag's keys.
 */
final class Standing<K, R> {
  private final VersionStore<K, R> store;
  private final boolean bag;

  Standing(TableDefinition<K, R> definition, VersionStore<K, R> store) {
    this.store = store;
    this.bag = definition.isBag();
  }

  /** Do readers see a record of the group? */
  boolean isAny(K group) {
    for (Iterator<LiveVersions<K, R>> walk = store.walk(group); walk.hasNext(); ) {
      if (walk.next().visible() != null) {
        return true;
      }
    }
    return false;
  }

  /** The record that stands; null if there may be several, or is none. */
  @Nullable R theOne(K group) {
    LiveVersions<K, R> live = bag ? null : store.versions(group);
    return live == null ? null : live.visible();
  }

  /** What readers see of the group: a set's records; of a bag the elements, which are its keys. */
  List<Object> all(K group) {
    List<Object> seen = new ArrayList<>();
    store.walk(group).forEachRemaining(live -> add(live.key(), live.visible(), seen));
    return seen;
  }

  void add(K key, @Nullable R visible, List<Object> seen) {
    if (visible != null) {
      seen.add(bag ? key : visible);
    }
  }

  /**
   * Has this conditional write lost against another version that is shown?
   *
   * <p>Of versions of a set's key the latest is seen, so it wins. Elements of a bag are all seen,
   * so there the first wins: who inserts one more later, knowing of it, does not beat it.
   *
   * @return no, too, if it no longer stands: then it was replaced by somebody who knew it
   */
  boolean isBeaten(K key, VersionId own) {
    LiveVersions<K, R> live = store.versions(key);
    return live != null && stands(live, own) && isBeatenInGroup(store.group(key), own);
  }

  private static boolean stands(LiveVersions<?, ?> live, VersionId own) {
    for (int i = 0; i < live.count(); i++) {
      if (isOwn(live.version(i), own)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBeatenInGroup(K group, VersionId own) {
    for (Iterator<LiveVersions<K, R>> walk = store.walk(group); walk.hasNext(); ) {
      LiveVersions<K, R> live = walk.next();
      for (int i = 0; i < live.count(); i++) {
        Version<R> version = live.version(i);
        if (version.shown() != null && !isOwn(version, own) && beats(version, own)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean beats(Version<?> other, VersionId own) {
    int order = Long.compare(other.stamp(), own.stamp());
    if (order == 0) {
      order = other.origin().incarnation().compareTo(own.origin());
    }
    return bag ? order < 0 : order > 0;
  }

  private static boolean isOwn(Version<?> version, VersionId own) {
    return version.stamp() == own.stamp() && version.origin().incarnation().equals(own.origin());
  }
}
