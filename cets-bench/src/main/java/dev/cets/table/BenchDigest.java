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

  /** Takes the entry of this place out and puts it in again. */
  public void update(int place) {
    Entry<K, R> entry = entries.get(place);
    buckets.remove(entry);
    buckets.add(entry);
  }
}
