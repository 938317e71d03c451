package dev.cets.table;

import dev.cets.replication.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told of changes, one call at a time, on an executor where it may block. */
public interface ChangeSubscriber<K, R> {
  /** Readers saw the one record of this key, or none, and now see the other, or none. */
  void changed(K key, @Nullable R before, @Nullable R after, Cause cause);

  /** All records as of one moment: those changes follow that came after it. */
  void snapshot(List<R> records);

  /** Changes were dropped here: more had to wait than may. */
  void gap();

  /** The table was closed; nothing follows. */
  void closed();

  /** One of the others threw this; it goes on with the next change. */
  void failed(Throwable thrown);
}
