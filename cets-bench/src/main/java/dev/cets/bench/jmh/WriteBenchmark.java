package dev.cets.bench.jmh;

import dev.cets.bench.member.Item;
import dev.cets.codec.Codecs;
import dev.cets.replication.BenchOrigins;
import dev.cets.replication.Origin;
import dev.cets.spi.Codec;
import dev.cets.table.BenchDigest;
import dev.cets.table.SetStore;
import dev.cets.wire.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What becomes of a write in a replica: the store, and the digests in it. All overwrite. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {
  private final Keys keys = new Keys();
  private final Origin origin = BenchOrigins.shown("bench");
  private final List<Item> items = new ArrayList<>();
  private final long[] hashes = new long[Keys.COUNT];
  private final SetStore<String, Item> store = new SetStore<>();
  private final ConcurrentHashMap<String, Item> hashMap = new ConcurrentHashMap<>();
  private final BenchDigest<String, Item> digest = new BenchDigest<>();
  private long stamp;

  /** Fills all. */
  public WriteBenchmark() {
    Codec<String> codec = Codecs.key(String.class);
    for (int i = 0; i < Keys.COUNT; i++) {
      Item item = Item.of(i);
      items.add(item);
      hashes[i] = KeyHash.of(codec.encode(item.key()));
      store.set(item.key(), hashes[i], null, origin, ++stamp, item);
      hashMap.put(item.key(), item);
      digest.add(item.key(), hashes[i], origin, stamp, item);
    }
  }

  /** The store of a set takes in a version in the place of another one. */
  @Benchmark
  public void apply() {
    int place = keys.nextPlace();
    Item item = items.get(place);
    store.set(item.key(), hashes[place], store.versions(item.key()), origin, ++stamp, item);
  }

  /** Its yardstick. */
  @Benchmark
  public @Nullable Item applyBare() {
    Item item = items.get(keys.nextPlace());
    return hashMap.put(item.key(), item);
  }

  /** The part of it that is for digests: one version less, one more. */
  @Benchmark
  public void digestUpdate() {
    digest.update(keys.nextPlace());
  }
}
