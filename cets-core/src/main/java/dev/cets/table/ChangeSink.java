package dev.cets.table;

import dev.cets.replication.Cause;
import org.jspecify.annotations.Nullable;

/** Who is told, on the loop, of each change of what readers see. */
interface ChangeSink<K, R> {
  /** Asked after a change, so that whoever began to want before it is told. */
  boolean wanted();

  /** Readers saw the one record of this key, or none, and now see the other, or none. */
  void changed(K key, @Nullable R before, @Nullable R after, Cause cause);
}
