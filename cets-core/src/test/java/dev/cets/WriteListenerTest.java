package dev.cets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.cets.WriteEnd.Operation;
import dev.cets.WriteEnd.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteListenerTest {
  private record Place(String id, String name) {}

  private static final String TOO_LONG = "x".repeat(1000);

  private final CetsNode node =
      CetsNode.builder("n").transport(new StillTransport()).maxRecordBytes(500).start();
  private final SetTable<String, Place> table =
      node.open(TableSpec.set("places", String.class, Place.class, Place::id));
  private final List<WriteEnd> told = new ArrayList<>();

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void onWriteEnd_writesOfEachKind_areToldWithWhatCameOfThem() {
    Subscription unused = node.onWriteEnd(told::add);
    table.insert(new Place("1", "Lisboa"));
    table.insertNew(new Place("1", "Porto"));
    table.replace(new Place("1", "Lisboa"), new Place("1", "Faro"));
    table.insertSerial(new Place("2", "Beja"));
    table.deleteObject(new Place("2", "Beja"));
    table.delete("1");
    assertThat(table.insertAsync(new Place("3", TOO_LONG))).isCompletedExceptionally();
    table.pingAll(Duration.ofSeconds(1));
    assertThat(told)
        .extracting(WriteEnd::table, WriteEnd::operation, WriteEnd::result)
        .containsExactly(
            tuple("places", Operation.INSERT, Result.APPLIED),
            tuple("places", Operation.INSERT_NEW, Result.PRESENT),
            tuple("places", Operation.REPLACE, Result.APPLIED),
            tuple("places", Operation.INSERT_SERIAL, Result.APPLIED),
            tuple("places", Operation.DELETE_OBJECT, Result.APPLIED),
            tuple("places", Operation.DELETE, Result.APPLIED),
            tuple("places", Operation.INSERT, Result.NOT_APPLIED));
    assertThat(told).allMatch(write -> write.nanos() >= 0 && write.notAnswered().isEmpty());
  }

  @Test
  void onWriteEnd_closed_tellsNoMore() {
    Subscription first = node.onWriteEnd(told::add);
    List<WriteEnd> others = new ArrayList<>();
    Subscription second = node.onWriteEnd(others::add);
    table.insert(new Place("1", "Lisboa"));
    first.close();
    first.close();
    table.insert(new Place("2", "Porto"));
    second.close();
    table.insert(new Place("3", "Faro"));
    assertThat(told).hasSize(1);
    assertThat(others).hasSize(2);
  }

  @Test
  void onWriteEnd_listenerThrows_writeGoesOnAndItIsNotToldAgain() {
    Subscription unused =
        node.onWriteEnd(
            write -> {
              told.add(write);
              throw new IllegalStateException("on purpose");
            });
    table.insert(new Place("1", "Lisboa"));
    table.insert(new Place("2", "Porto"));
    assertThat(table.size()).isEqualTo(2);
    assertThat(told).hasSize(1);
  }
}
