package dev.cets.table;

import dev.cets.replication.Version;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What readers see of a key.
 *
 * @param version whose record it is; null: a resolver made it of several
 */
record Seen<R>(R record, @Nullable Version<R> version) {
  /** Of a version that is not bare. */
  static <R> Seen<R> of(Version<R> version) {
    return new Seen<>(Objects.requireNonNull(version.record()), version);
  }

  /**
   * A version is told apart from all others, whatever their records; what was made of several is
   * not.
   */
  static <R> boolean isSame(@Nullable Seen<R> a, @Nullable Seen<R> b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    Version<R> other = b.version;
    if (a.version == null || other == null) {
      return a.record.equals(b.record);
    }
    return a.is(other);
  }

  /** Is it of this version? */
  boolean is(Version<R> other) {
    return version != null
        && version.stamp() == other.stamp()
        && version.origin() == other.origin();
  }
}
