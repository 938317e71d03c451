package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NotAppliedException;
import dev.cets.Receipt;
import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a table refuses, and its beginning and end, over any engine. */
public abstract class TableLifecycleContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");

  /** A record whose key is not its first component. */
  public record Badge(int door, String owner) {}

  private static final SetSpec<String, Badge> BADGES =
      TableSpec.set("badges", String.class, Badge.class, Badge::owner);

  /** Made by subclasses only. */
  protected TableLifecycleContract() {}

  private void joinBoth() {
    cluster.join("a", "b");
  }

  // ---- what is not applied

  @Test
  void insert_recordTooLarge_isNotAppliedAndNamesTheSizes() {
    cluster.start("a", settings -> settings.maxRecordBytes(1000));

    assertThatThrownBy(() -> sessions("a").insert(new Session("big", "x".repeat(1001))))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContainingAll("big", "1000");
    assertThat(sessions("a").contains("big")).isFalse();
  }

  @Test
  void insertMany_oneRecordTooLarge_appliesNone() {
    cluster.start("a", settings -> settings.maxRecordBytes(1000));

    assertThatThrownBy(
            () -> sessions("a").insertMany(List.of(ALICE, new Session("big", "x".repeat(1001)))))
        .isInstanceOf(NotAppliedException.class);
    assertThat(sessions("a").size()).isZero();
  }

  @Test
  void insertMany_tooManyBytes_isNotAppliedAndSaysSo() {
    cluster.start("a");
    String text = "x".repeat(1_000_000);
    List<Session> records =
        IntStream.range(0, 20).mapToObj(i -> new Session("" + i, text)).toList();

    assertThatThrownBy(() -> sessions("a").insertMany(records))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("20 records");
    assertThat(sessions("a").size()).isZero();
  }

  @Test
  void insertAsync_recordTooLarge_endsNotApplied() {
    cluster.start("a", settings -> settings.maxRecordBytes(1000));

    CompletableFuture<Receipt> write =
        sessions("a").insertAsync(new Session("big", "x".repeat(1001)));

    assertThatThrownBy(() -> cluster.receipt(write)).hasCauseInstanceOf(NotAppliedException.class);
  }

  @Test
  void insert_moreBytesThanMayWait_goesThroughAlone() {
    cluster.start("a", settings -> settings.maxUnacknowledgedBytes(100));
    cluster.start("b");
    joinBoth();
    Session large = new Session("1", "x".repeat(10_000));

    sessions("a").insert(large);
    sessions("a").insert(BOB);

    assertRecords(BOTH, large, BOB);
  }

  @Test
  void withDeadline_notPositive_isRefused() {
    cluster.start("a");

    assertThatThrownBy(() -> sessions("a").withDeadline(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> sessions("a").withDeadline(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withDeadline_longerThanTheClock_works() {
    cluster.start("a");

    sessions("a").withDeadline(Duration.ofSeconds(Long.MAX_VALUE)).insert(ALICE);

    assertRecords(List.of("a"), ALICE);
  }

  // ---- open and closed

  @Test
  void open_sameNameTwice_isRefused() {
    cluster.start("a");
    sessions("a");

    assertThatThrownBy(() -> cluster.node("a").open(ClusterHarness.SESSIONS))
        .isInstanceOf(CetsException.class)
        .hasMessageContainingAll("sessions", "a");
  }

  @Test
  void open_closedNode_isRefused() {
    CetsNode node = cluster.start("a");
    node.close();

    assertThatThrownBy(() -> node.open(ClusterHarness.SESSIONS))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void open_afterClose_isFilledFromTheOthers() {
    joinBoth();
    sessions("a").insert(ALICE);
    sessions("b").close();

    SetTable<String, Session> again = cluster.node("b").open(ClusterHarness.SESSIONS);

    cluster.await(() -> again.dump().equals(List.of(ALICE)));
    cluster.await(() -> cluster.receipt(sessions("a").insertAsync(BOB)).appliedBy().contains("b"));
    assertThat(again.lookup("2")).isEqualTo(BOB);
  }

  @Test
  void write_closedTable_isNotApplied() {
    cluster.start("a");
    SetTable<String, Session> table = sessions("a");
    table.close();

    assertThatThrownBy(() -> table.insert(ALICE))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("table sessions is closed");
    assertThatThrownBy(() -> table.delete("1")).isInstanceOf(NotAppliedException.class);
    assertThatThrownBy(() -> table.deleteObject(ALICE)).isInstanceOf(NotAppliedException.class);
    assertThatThrownBy(() -> cluster.receipt(table.insertAsync(ALICE)))
        .hasCauseInstanceOf(NotAppliedException.class);
  }

  @Test
  void read_closedTable_fails() {
    cluster.start("a");
    SetTable<String, Session> table = sessions("a");
    table.insert(ALICE);
    table.close();

    for (Runnable read :
        List.<Runnable>of(
            () -> table.lookup("1"),
            () -> table.contains("1"),
            table::size,
            table::stream,
            table::dump)) {
      assertThatThrownBy(read::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("table sessions is closed");
    }
    assertThatThrownBy(table::status)
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void use_closedNode_fails() {
    CetsNode node = cluster.start("a");
    SetTable<String, Session> table = sessions("a");
    node.close();

    assertThatThrownBy(() -> table.insert(ALICE))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> table.lookup("1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(node::status)
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(node::tables).isInstanceOf(CetsException.class);
    assertThatThrownBy(table::status).isInstanceOf(CetsException.class);
  }

  @Test
  void close_twice_isHarmless() {
    CetsNode node = cluster.start("a");
    SetTable<String, Session> table = sessions("a");

    table.close();
    table.close();
    node.close();
    node.close();
    table.close();
  }

  @Test
  void close_table_othersKeepTheirRecordsAndWriteOn() {
    joinBoth();
    sessions("b").insert(ALICE);

    sessions("b").close();

    cluster.await(() -> sessions("a").insert(BOB).appliedBy().equals(Set.of("a")));
    assertRecords(List.of("a"), ALICE, BOB);
  }

  @Test
  void open_twoTables_doNotMix() {
    joinBoth();
    SetSpec<String, Session> others =
        TableSpec.set("others", String.class, Session.class, Session::id);
    SetTable<String, Session> other = cluster.node("a").open(others);
    SetTable<String, Session> atB = cluster.node("b").open(others);
    cluster.awaitJoined("a", "b");

    other.insert(ALICE);

    assertThat(atB.dump()).containsExactly(ALICE);
    assertRecords(BOTH);
  }

  @Test
  void tables_severalOpen_areListedByName() {
    CetsNode node = cluster.start("a");
    sessions("a").insert(ALICE);
    node.open(BADGES);

    assertThat(node.tables()).extracting("name").containsExactly("badges", "sessions");
    assertThat(node.tables()).extracting("records").containsExactly(0, 1);
  }
}
