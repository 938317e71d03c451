package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.table.SetStore;
import dev.cets.wire.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** What a record costs on the heap, counted object by object. */
class FootprintTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // for fields of records
  }

  private static final int RECORDS = 20_000;
  private static final int LIMIT_BYTES = 100;

  @Test
  void set_manyRecords_costsLittleBeyondABareMap() {
    Origin origin = new Origin(new Incarnation("a", 1));
    origin.visible(true);
    SetStore<String, String> store = new SetStore<>();
    ConcurrentHashMap<String, String> bare = new ConcurrentHashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      String key = "key-" + i;
      store.set(
          key, KeyHash.of(key.getBytes(StandardCharsets.UTF_8)), origin, i + 1L, "value-" + i);
      bare.put("key-" + i, "value-" + i);
    }

    long more =
        GraphLayout.parseInstance(store).totalSize() - GraphLayout.parseInstance(bare).totalSize();

    System.out.println("a record costs " + more / RECORDS + " bytes beyond a bare map's");
    assertThat(more / RECORDS).isBetween(1L, (long) LIMIT_BYTES);
  }
}
