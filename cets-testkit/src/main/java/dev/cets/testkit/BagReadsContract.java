package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.BagTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the readers of a bag see, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class BagReadsContract extends BagContract {
  /** Made by subclasses only. */
  protected BagReadsContract() {}

  // ---- reads

  @Test
  void lookup_absentKey_isEmpty() {
    start("a");
    bag("a").insert(ALICE);

    assertThat(bag("a").lookup("none")).isEmpty();
    assertThat(bag("a").containsObject(ALEX)).isFalse();
  }

  @Test
  void lookup_keysOfTheSameHashCode_areKeptApart() {
    start("a");
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    bag("a").insertMany(List.of(new Session("Aa", "x"), new Session("BB", "x")));

    assertThat(bag("a").lookup("Aa")).containsExactly(new Session("Aa", "x"));
    assertThat(bag("a").lookup("BB")).containsExactly(new Session("BB", "x"));
    bag("a").delete("Aa");
    assertBags(List.of("a"), new Session("BB", "x"));
  }

  @Test
  void select_predicate_findsThoseRecords() {
    start("a");
    bag("a").insertMany(List.of(ALICE, ALEX, BOB));

    assertThat(bag("a").select(member -> member.user().startsWith("al")))
        .containsExactlyInAnyOrder(ALICE, ALEX);
  }

  @Test
  void stream_writtenMeanwhile_neverFails() {
    start("a");
    BagTable<String, Session> bag = bag("a");
    bag.insertMany(List.of(ALICE, ALEX, BOB));
    List<Session> seen = new ArrayList<>();

    bag.stream()
        .forEach(
            record -> {
              seen.add(record);
              bag.delete("2");
              if (seen.size() < 5) { // else it could go on for ever
                bag.insert(new Session("" + (3 + seen.size()), "later"));
              }
            });

    assertThat(seen).contains(ALICE, ALEX);
  }

  @Test
  void reads_closedTable_failAtOnce() {
    start("a");
    bag("a").close();

    assertThatThrownBy(() -> bag("a").lookup("1")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bag("a").stream()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> bag("a").contains("1")).isInstanceOf(IllegalStateException.class);
  }
}
