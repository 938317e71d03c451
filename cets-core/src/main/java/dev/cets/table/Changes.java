package dev.cets.table;

import dev.cets.replication.Cause;
import dev.cets.replication.Origin;
import org.jspecify.annotations.Nullable;

/** What a change of live versions, or of their owner's being shown, is to readers. */
final class Changes {
  private Changes() {}

  /** The versions of a key are others now. */
  static <K, R> void tellReplaced(
      K key,
      @Nullable Entry<K, R> old,
      @Nullable Entry<K, R> now,
      Cause cause,
      ChangeSink<K, R> sink) {
    Seen<R> before = old == null ? null : old.seen();
    Seen<R> after = now == null ? null : now.seen();
    if (!Seen.isSame(before, after)) {
      boolean isConflict = cause != Cause.NODE_DOWN && isConflict(old, before, now, after);
      Cause why = isConflict ? Cause.CONFLICT : cause;
      sink.changed(key, record(before), record(after), why);
    }
  }

  /**
   * The records of an origin have just been shown or hidden. Looks at every key: without listeners
   * this need not be done.
   */
  static <K, R> void tellShown(
      Iterable<Entry<K, R>> all, Origin origin, boolean isShown, ChangeSink<K, R> sink) {
    for (Entry<K, R> entry : all) {
      if (!entry.isOf(origin)) {
        continue;
      }
      Seen<R> before = entry.seenBefore(origin);
      Seen<R> after = entry.seen();
      if (!Seen.isSame(before, after)) {
        Cause cause = Cause.NODE_DOWN;
        if (isShown) {
          cause = before == null ? Cause.JOIN : Cause.CONFLICT;
        }
        sink.changed(entry.key(), record(before), record(after), cause);
      }
    }
  }

  /** What is seen was made of several, or both were live at one time. */
  private static <K, R> boolean isConflict(
      @Nullable Entry<K, R> old,
      @Nullable Seen<R> before,
      @Nullable Entry<K, R> now,
      @Nullable Seen<R> after) {
    return before != null
        && after != null
        && (after.version() == null || has(old, after) || has(now, before));
  }

  private static <K, R> boolean has(@Nullable Entry<K, R> entry, Seen<R> seen) {
    for (int i = 0; entry != null && i < entry.count(); i++) {
      if (seen.is(entry.version(i))) {
        return true;
      }
    }
    return false;
  }

  private static <R> @Nullable R record(@Nullable Seen<R> seen) {
    return seen == null ? null : seen.record();
  }
}
