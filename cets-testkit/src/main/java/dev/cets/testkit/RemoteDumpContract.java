package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagTable;
import dev.cets.CetsException;
import dev.cets.OrderedSetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What readers of another node see, asked for from afar, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class RemoteDumpContract extends ClusterContract {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Made by subclasses only. */
  protected RemoteDumpContract() {}

  private static List<Session> records(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session("s" + i, "user" + i)).toList();
  }

  @Test
  void dump_ofAPeer_isWhatItsReadersSee() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);

    assertThat(sessions("a").dump("b", SOON)).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(sessions("b").dump("a", SOON)).containsExactlyInAnyOrder(ALICE, BOB);
  }

  @Test
  void dump_ofThisNode_isItsOwn() {
    cluster.start("a");
    sessions("a").insert(ALICE);

    assertThat(sessions("a").dump("a", SOON)).containsExactly(ALICE);
    assertThat(sessions("a").dumpAsync("a", SOON)).isCompletedWithValue(List.of(ALICE));
  }

  @Test
  void dump_manyRecords_areAllThere() {
    cluster.join("a", "b");
    List<Session> many = records(5000);
    sessions("b").insertMany(many);

    assertThat(sessions("a").dump("b", SOON)).containsExactlyInAnyOrderElementsOf(many);
  }

  @Test
  void dump_emptyTable_isEmpty() {
    cluster.join("a", "b");

    assertThat(sessions("a").dump("b", SOON)).isEmpty();
  }

  @Test
  void dump_orderedSet_isInTheOrderOfThatNode() {
    var spec = TableSpec.orderedSet("o", String.class, Session.class, Session::id);
    Comparator<String> backwards = Comparator.reverseOrder();
    OrderedSetTable<String, Session> here = cluster.start("a").open(spec);
    cluster
        .start("b")
        .open(TableSpec.orderedSet("o", String.class, Session.class, Session::id, backwards))
        .insertMany(List.of(ALICE, BOB));
    cluster.join("a", "b");

    assertThat(here.dump()).containsExactly(ALICE, BOB);
    assertThat(here.dump("b", SOON)).containsExactly(BOB, ALICE);
  }

  @Test
  void dump_bag_hasEachRecordOfAKey() {
    var spec = TableSpec.bag("bag", String.class, Session.class, Session::id);
    BagTable<String, Session> here = cluster.start("a").open(spec);
    cluster.start("b").open(spec).insertMany(List.of(ALICE, ALEX, BOB));
    cluster.join("a", "b");

    assertThat(here.dump("b", SOON)).containsExactlyInAnyOrder(ALICE, ALEX, BOB);
  }

  @Test
  void dump_writesMeanwhile_showsWhatStoodAllTheTime() {
    cluster.join("a", "b");
    List<Session> many = records(3000);
    sessions("b").insertMany(many);
    CompletableFuture<List<Session>> dump = sessions("a").dumpAsync("b", SOON);
    for (int i = 0; i < 200; i++) {
      sessions("b").insert(new Session("later" + i, "x"));
    }

    cluster.await(dump::isDone);

    assertThat(dump.join()).containsAll(many).doesNotHaveDuplicates();
  }

  @Test
  void dump_nodeThatIsNotThere_failsAtOnce() {
    cluster.join("a", "b");

    assertThatThrownBy(() -> sessions("a").dump("z", SOON))
        .isInstanceOf(CetsException.class)
        .hasMessageStartingWith("table sessions is not linked with node z; its links are {b=");
  }

  @Test
  void dump_nodeThatIsDown_failsAtOnce() {
    cluster.join("a", "b");
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    assertThatThrownBy(() -> sessions("a").dump("b", SOON))
        .isInstanceOf(CetsException.class)
        .hasMessageContaining("is not linked with node b");
  }

  @Test
  void dump_tableClosedHere_failsAtOnce() {
    cluster.join("a", "b");
    var table = sessions("a");
    table.close();

    assertThatThrownBy(() -> table.dump("b", SOON))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void dump_deadlineThatIsNotPositive_isRefused() {
    cluster.start("a");

    assertThatThrownBy(() -> sessions("a").dump("a", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the deadline is PT0S; it must be positive");
  }
}
