package dev.cets.table;

import dev.cets.replication.Cause;
import dev.cets.replication.LiveVersions;
import dev.cets.replication.Origin;
import dev.cets.replication.Version;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What a change of live versions, or of their owner's being shown, is to readers. */
final class Changes {
  private Changes() {}

  /** The versions of a key are others now. */
  static <K, R> void tellReplaced(
      K key,
      @Nullable LiveVersions<K, R> old,
      @Nullable LiveVersions<K, R> now,
      Cause cause,
      ChangeSink<K, R> sink) {
    Version<R> before = old == null ? null : shown(old);
    Version<R> after = now == null ? null : shown(now);
    if (!isSame(before, after)) {
      sink.changed(key, record(before), record(after), cause(old, before, now, after, cause));
    }
  }

  /**
   * The records of an origin have just been shown or hidden. Looks at every key: without listeners
   * this need not be done.
   */
  static <K, R> void tellShown(
      Collection<? extends LiveVersions<K, R>> all,
      Origin origin,
      boolean isShown,
      ChangeSink<K, R> sink) {
    for (LiveVersions<K, R> live : all) {
      Version<R> now = shown(live);
      Version<R> otherwise = shownOtherwise(live, origin);
      if (!isSame(now, otherwise)) {
        Cause cause = Cause.NODE_DOWN;
        if (isShown) {
          cause = otherwise == null ? Cause.JOIN : Cause.CONFLICT;
        }
        sink.changed(live.key(), record(otherwise), record(now), cause);
      }
    }
  }

  /** If both were live at one time, they were written without knowing of each other. */
  private static <K, R> Cause cause(
      @Nullable LiveVersions<K, R> old,
      @Nullable Version<R> before,
      @Nullable LiveVersions<K, R> now,
      @Nullable Version<R> after,
      Cause cause) {
    if (before == null || after == null || cause == Cause.NODE_DOWN) {
      return cause;
    }
    return has(old, after) || has(now, before) ? Cause.CONFLICT : cause;
  }

  private static <K, R> boolean has(@Nullable LiveVersions<K, R> live, Version<R> version) {
    for (int i = 0; live != null && i < live.count(); i++) {
      if (isSame(live.version(i), version)) {
        return true;
      }
    }
    return false;
  }

  private static <R> boolean isSame(@Nullable Version<R> a, @Nullable Version<R> b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.stamp() == b.stamp() && a.origin() == b.origin();
  }

  private static <R> @Nullable R record(@Nullable Version<R> version) {
    return version == null ? null : version.record();
  }

  private static <R> @Nullable Version<R> shown(LiveVersions<?, R> live) {
    for (int i = 0; i < live.count(); i++) {
      if (live.version(i).origin().visible()) {
        return live.version(i);
      }
    }
    return null;
  }

  /** What would be shown if this origin were hidden instead of shown, or the other way round. */
  private static <R> @Nullable Version<R> shownOtherwise(LiveVersions<?, R> live, Origin origin) {
    for (int i = 0; i < live.count(); i++) {
      Version<R> version = live.version(i);
      if (version.origin().visible() != (version.origin() == origin)) {
        return version;
      }
    }
    return null;
  }
}
