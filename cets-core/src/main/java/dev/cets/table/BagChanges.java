package dev.cets.table;

import dev.cets.replication.Cause;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the records of a bag what its store tells of elements: they come and go, but are never
 * replaced. Which of several owners' equal records is shown makes no difference to readers.
 */
record BagChanges<K, R>(ChangeSink<K, R> told) implements ChangeSink<Element<K, R>, Presence> {
  @Override
  public boolean wanted() {
    return told.wanted();
  }

  @Override
  public void changed(
      Element<K, R> element, @Nullable Presence before, @Nullable Presence after, Cause cause) {
    if (before == null && after != null) {
      told.changed(element.key(), null, element.record(), cause);
    } else if (before != null && after == null) {
      told.changed(element.key(), element.record(), null, cause);
    }
  }
}
