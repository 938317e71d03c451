package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the readers of a set table see while all nodes are well, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class SetReadsContract extends ClusterContract {
  /** Made by subclasses only. */
  protected SetReadsContract() {}

  private static List<Session> sessions(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session("" + i, "user" + i)).toList();
  }

  private void joinBoth() {
    cluster.join("a", "b");
  }

  @Test
  void select_predicate_findsThoseRecords() {
    joinBoth();
    sessions("a").insertMany(List.of(ALICE, BOB));

    assertThat(sessions("b").select(session -> session.user().startsWith("b")))
        .containsExactly(BOB);
  }

  @Test
  void lookup_absentKey_isNull() {
    cluster.start("a");
    sessions("a").insert(ALICE);

    assertThat(sessions("a").lookup("none")).isNull();
  }

  @Test
  void contains_standingAndAbsentKey_isTrueAndFalse() {
    joinBoth();
    sessions("a").insert(ALICE);

    assertThat(sessions("b").contains("1")).isTrue();
    assertThat(sessions("b").contains("none")).isFalse();
  }

  @Test
  void size_insertsReplacementsAndDeletes_countsKeys() {
    joinBoth();
    sessions("a").insertMany(sessions(10));
    sessions("a").insert(ALICE);
    sessions("b").deleteMany(List.of("3", "4", "none"));

    assertThat(sessions("a").size()).isEqualTo(8);
    assertThat(sessions("b").size()).isEqualTo(8);
  }

  @Test
  void stream_emptyTable_isEmpty() {
    cluster.start("a");

    assertThat(sessions("a").stream()).isEmpty();
    assertThat(sessions("a").dump()).isEmpty();
  }

  @Test
  void stream_writtenMeanwhile_showsWhatStandsAllTheTime() {
    cluster.start("a");
    SetTable<String, Session> table = sessions("a");
    table.insertMany(sessions(100));
    List<Session> seen = new ArrayList<>();

    table.stream()
        .forEach(
            record -> {
              seen.add(record);
              table.insert(new Session("new" + seen.size(), "later"));
              table.delete("0");
            });

    assertThat(seen).containsAll(sessions(100).subList(1, 100));
  }

  @Test
  void dump_changedByTheReader_isRefused() {
    cluster.start("a");
    sessions("a").insert(ALICE);

    assertThatThrownBy(() -> sessions("a").dump().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
