package dev.cets.bench.footprint;

import dev.cets.bench.member.Item;
import dev.cets.codec.Codecs;
import dev.cets.replication.BenchOrigins;
import dev.cets.replication.Origin;
import dev.cets.spi.Codec;
import dev.cets.table.SetStore;
import dev.cets.wire.KeyHash;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jol.info.GraphStats;
import org.openjdk.jol.info.GraphWalker;

/** Counts, with JOL, the objects of a set in this JVM as it lays them out. */
final class Footprint {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // for fields of records
    // It knows what it needs without an agent, which takes seconds to be refused.
    System.setProperty("jol.skipDynamicAttach", "true");
    System.setProperty("jol.skipHotspotSAAttach", "true");
  }

  private Footprint() {}

  /** Bytes of each part, of all records together. */
  static Map<Part, Long> ofSet(int records) {
    Codec<String> keys = Codecs.key(String.class);
    Origin origin = BenchOrigins.shown("bench");
    SetStore<String, Item> store = new SetStore<>(Item::key, null, 1);
    for (int i = 0; i < records; i++) {
      Item item = Item.of(i);
      store.set(item.key(), KeyHash.of(keys.encode(item.key())), null, origin, i + 1L, item);
    }
    Map<Part, Long> bytes = new EnumMap<>(Part.class);
    new GraphWalker(object -> bytes.merge(Part.of(object), object.size(), Long::sum)).walk(store);
    return bytes;
  }

  /** Bytes of a bare map of the JDK with the same records, all together. */
  static long ofMap(int records) {
    ConcurrentHashMap<String, Item> map = new ConcurrentHashMap<>();
    for (int i = 0; i < records; i++) {
      Item item = Item.of(i);
      map.put(item.key(), item);
    }
    return GraphStats.parseInstance(map).totalSize();
  }
}
