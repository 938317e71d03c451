package dev.cets.table;

import dev.cets.replication.Origin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** A door for the benchmarks: what a store does for digests when a record is overwritten. */
@NullMarked
public final class BenchDigest<K, R> {
  private final Buckets<K, R> buckets = new Buckets<>();
  private final List<Entry<K, R>> entries = new ArrayList<>();

  /** One more entry. */
  public void add(K key, long hash, Origin origin, long stamp, R record) {
    Entry<K, R> entry = new Entry<>(key, hash, origin, stamp, record);
    entries.add(entry);
    buckets.add(entry);
  }

  /** Puts an entry in the place of that which is here. */
  public void update(int place) {
    Entry<K, R> entry = entries.get(place);
    buckets.replace(entry, entry);
  }
}
