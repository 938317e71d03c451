package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.table.SetStore;
import dev.cets.wire.KeyHash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphStats;

/** What a record costs on the heap, counted object by object. */
class FootprintTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // for fields of records
    // It knows what it needs without an agent, which takes seconds to be refused.
    System.setProperty("jol.skipDynamicAttach", "true");
    System.setProperty("jol.skipHotspotSAAttach", "true");
  }

  private static final int RECORDS = 5_000;
  private static final int LIMIT_BYTES = 100;
  private static final int FEW = 2_000;
  private static final int RECORD_BYTES = 200;
  private static final Incarnation AWAY = new Incarnation("away", 1);
  private static final Incarnation HERE = new Incarnation("here", 1);

  @Test
  void set_manyRecords_costsLittleBeyondABareMap() {
    Origin origin = new Origin(new Incarnation("a", 1));
    origin.visible(true);
    SetStore<String, String> store = new SetStore<>();
    ConcurrentHashMap<String, String> bare = new ConcurrentHashMap<>();
    for (int i = 0; i < RECORDS; i++) {
      String key = "key-" + i;
      long hash = KeyHash.of(key.getBytes(StandardCharsets.UTF_8));
      store.set(key, hash, null, origin, i + 1L, "value-" + i);
      bare.put("key-" + i, "value-" + i);
    }

    long more =
        GraphStats.parseInstance(store).totalSize() - GraphStats.parseInstance(bare).totalSize();

    System.out.println("a record costs " + more / RECORDS + " bytes beyond a bare map's");
    assertThat(more / RECORDS).isBetween(1L, (long) LIMIT_BYTES);
  }

  /** Conflicts among them, which hold versions that were entries of the map themselves once. */
  @Test
  void bare_allOfAnOwner_givesTheirRecordsBack() {
    Intake<String, byte[]> intake =
        new Intake<>(
            new SetStore<>(),
            new Gone(),
            new HybridClock(),
            false,
            Rules.ALL,
            new IntakeTest.Silent(),
            key -> {});
    for (int i = 0; i < FEW; i += 2) {
      takeIn(intake, HERE, "key-" + i, i + 1L);
    }
    for (int i = FEW - 1; i >= 0; i--) {
      takeIn(intake, AWAY, "key-" + i, FEW + i + 1L);
    }
    long before = GraphStats.parseInstance(intake.store()).totalSize();

    List<LiveVersions<String, byte[]>> all = new ArrayList<>();
    intake.store().forEach(all::add);
    intake.bare(all, Set.of(intake.origin(AWAY)));
    long back = before - GraphStats.parseInstance(intake.store()).totalSize();

    System.out.println("letting go of " + FEW + " records gives " + back + " bytes back");
    assertThat(back).isGreaterThan((long) FEW * RECORD_BYTES);
    assertThat(intake.origin(AWAY).bare()).isEqualTo(FEW);
    assertThat(intake.origin(AWAY).withRecord()).isZero();
    assertThat(intake.origin(HERE).withRecord()).isEqualTo(FEW / 2);
  }

  private static void takeIn(
      Intake<String, byte[]> intake, Incarnation writer, String key, long stamp) {
    long hash = KeyHash.of(key.getBytes(StandardCharsets.UTF_8));
    Write.Change<String, byte[]> change =
        new Write.Change<>(key, hash, new byte[RECORD_BYTES], List.of());
    intake.takeIn(writer, new Write<>(stamp - 1, stamp, List.of(change)));
  }
}
