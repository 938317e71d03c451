package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.CetsException;
import dev.cets.NotAppliedException;
import dev.cets.Pause;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pauses that one node holds on others, over any engine. */
@SuppressWarnings("exports") // JUnit comes with whoever runs them
public abstract class FarPauseContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final List<String> ALL = List.of("a", "b", "c");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Made by subclasses only. */
  protected FarPauseContract() {}

  /** A write of this node waits; answers it. */
  private CompletableFuture<Receipt> heldBack(String node, Session record) {
    int before = sessions(node).info().pausedWrites();
    CompletableFuture<Receipt> write = sessions(node).insertAsync(record);
    cluster.await(() -> sessions(node).info().pausedWrites() == before + 1);
    assertThat(write).isNotDone();
    return write;
  }

  private void awaitFree(String node) {
    cluster.await(() -> sessions(node).info().pauseHolders().isEmpty());
  }

  // ---- what it holds

  @Test
  void pauseAll_writesOfEveryNode_waitUntilItIsClosed() {
    cluster.join("a", "b", "c");
    List<CompletableFuture<Receipt>> writes = new ArrayList<>();
    Pause pause = sessions("a").pauseAll(LONG);
    for (String node : ALL) {
      writes.add(heldBack(node, new Session(node, "1")));
      writes.add(sessions(node).insertAsync(new Session(node, "2")));
    }
    sessions("b").pingAll(SOON);
    assertRecords(ALL);

    pause.close();

    writes.forEach(cluster::receipt);
    assertRecords(ALL, new Session("a", "2"), new Session("b", "2"), new Session("c", "2"));
  }

  @Test
  void pauseAll_writesBefore_areHereWhenItReturns() {
    cluster.join("a", "b", "c");
    for (int i = 0; i < 500; i++) {
      var unused = sessions("b").insertAsync(new Session("b" + i, "x"));
      unused = sessions("c").insertAsync(new Session("c" + i, "x"));
    }

    try (Pause pause = sessions("a").pauseAll(LONG)) {
      List<Session> here = sessions("a").dump();
      for (String node : List.of("b", "c")) {
        assertThat(here)
            .as("own writes of %s", node)
            .containsAll(sessions(node).select(session -> session.id().startsWith(node)));
      }
      assertThat(pause).isNotNull();
    }
    cluster.await(() -> sessions("a").size() == 1000);
  }

  @Test
  void pauseAll_held_readsPingAndInfoAnswerAndNameTheHolder() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);

    try (Pause pause = sessions("a").pauseAll(LONG)) {
      String holder = "a/" + Thread.currentThread().getName();
      for (String node : BOTH) {
        assertThat(sessions(node).lookup("1")).isEqualTo(ALICE);
        assertThat(sessions(node).pingAll(SOON).appliedBy()).containsExactlyInAnyOrder("a", "b");
        assertThat(sessions(node).info().pauseHolders()).containsExactly(holder);
      }
      assertThat(pause).isNotNull();
    }
    BOTH.forEach(this::awaitFree);
  }

  @Test
  void pauseAll_oneNodeAlone_isAPauseOfThatNode() {
    cluster.start("a");
    Pause pause = sessions("a").pauseAll(LONG);
    CompletableFuture<Receipt> write = heldBack("a", ALICE);

    pause.close();

    assertThat(cluster.receipt(write).appliedBy()).containsExactly("a");
  }

  @Test
  void pause_ofANamedNode_holdsThatOneOnly() {
    cluster.join("a", "b", "c");
    Pause pause = sessions("a").pause("b", LONG);
    CompletableFuture<Receipt> write = heldBack("b", BOB);

    sessions("a").insert(ALICE);
    sessions("c").insert(ALEX);
    assertRecords(ALL, ALEX);

    pause.close();
    cluster.receipt(write);
    assertRecords(ALL, ALEX, BOB);
  }

  @Test
  void pause_ofThisNodeByName_isItsOwn() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pause("a", LONG);
    CompletableFuture<Receipt> write = heldBack("a", ALICE);
    sessions("b").insert(BOB);

    pause.close();

    cluster.receipt(write);
    assertRecords(BOTH, ALICE, BOB);
  }

  @Test
  void pause_byTwoNodes_needsTwoEnds() {
    cluster.join("a", "b", "c");
    Pause ofA = sessions("a").pauseAll(LONG);
    Pause ofB = sessions("b").pause("c", LONG);
    Pause own = sessions("c").pause(LONG);
    CompletableFuture<Receipt> write = heldBack("c", ALICE);

    ofA.close();
    ofA.close(); // twice is as once
    cluster.await(() -> sessions("c").info().pauseHolders().size() == 2);
    own.close();
    cluster.await(() -> sessions("c").info().pauseHolders().size() == 1);
    assertThat(write).isNotDone();
    assertThat(sessions("b").insert(BOB).appliedBy()).contains("c");

    ofB.close();
    cluster.receipt(write);
    assertRecords(ALL, ALICE, BOB);
  }

  @Test
  void insertNew_duringAPause_waitsAndIsMadeAfterwards() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(LONG);
    CompletableFuture<Boolean> call = sessions("b").insertNewAsync(ALICE);
    sessions("b").pingAll(SOON);
    assertThat(sessions("a").contains("1")).isFalse();

    pause.close();

    cluster.await(call::isDone);
    assertThat(call.join()).isTrue();
  }

  // ---- its end

  @Test
  void pauseAll_itsTimeIsOver_letsGoEverywhere() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(Duration.ofMillis(400));

    Receipt receipt = cluster.receipt(sessions("b").insertAsync(ALICE));

    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b");
    BOTH.forEach(this::awaitFree);
    pause.close();
    sessions("b").insert(BOB);
  }

  @Test
  void kill_holder_thePauseIsOver() {
    cluster.join("a", "b", "c");
    Pause pause = sessions("a").pauseAll(LONG);
    CompletableFuture<Receipt> write = heldBack("b", ALICE);

    cluster.kill("a");

    assertThat(cluster.receipt(write).appliedBy()).containsExactlyInAnyOrder("b", "c");
    awaitFree("c");
    assertThat(pause).isNotNull();
  }

  @Test
  void close_nodeOfTheHolder_thePauseIsOver() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(LONG);
    CompletableFuture<Receipt> write = heldBack("b", ALICE);

    cluster.leave("a");

    cluster.receipt(write);
    pause.close(); // harmless
  }

  @Test
  void close_tableOfTheHolder_thePauseIsOver() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(LONG);
    CompletableFuture<Receipt> write = heldBack("b", ALICE);

    sessions("a").close();

    assertThat(cluster.receipt(write).appliedBy()).containsExactly("b");
    pause.close(); // harmless
  }

  // ---- who comes meanwhile

  @Test
  void join_duringAPauseOfAll_theNewcomerIsPausedTooAndWhatItWroteBeforeComes() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(LONG);
    cluster.start("c");
    sessions("c").insert(BOB);

    cluster.join("a", "b", "c");
    cluster.await(() -> !sessions("c").info().pauseHolders().isEmpty());
    CompletableFuture<Receipt> write = heldBack("c", ALICE);
    assertRecords(ALL, BOB);

    pause.close();
    cluster.receipt(write);
    assertRecords(ALL, ALICE, BOB);
  }

  @Test
  void join_duringAPauseOfANamedNode_anotherNewcomerIsFree() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pause("b", LONG);

    cluster.join("a", "b", "c");
    sessions("c").insert(ALICE);

    assertRecords(ALL, ALICE);
    assertThat(sessions("c").info().pauseHolders()).isEmpty();
    pause.close();
  }

  @Test
  void restart_ofAPausedNode_isPausedAgain() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(LONG);
    cluster.kill("b");
    cluster.awaitDown("a", "b");

    cluster.join("a", "b");
    cluster.await(() -> !sessions("b").info().pauseHolders().isEmpty());

    pause.close();
    awaitFree("b");
  }

  // ---- limits

  @Test
  void pause_ofANodeThatIsNotLinked_isRefusedAtOnce() {
    cluster.join("a", "b");

    assertThatThrownBy(() -> sessions("a").pause("z", LONG))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageStartingWith("no pause: table sessions is not linked with node z");
  }

  @Test
  void pause_deadlineOfAWriteOfAnotherNode_isNotAppliedAndNamesTheHolder() {
    cluster.join("a", "b");
    try (Pause pause = sessions("a").pauseAll(LONG)) {
      SetTable<String, Session> hasty = sessions("b").withDeadline(Duration.ofMillis(200));
      CompletableFuture<Receipt> write = hasty.insertAsync(ALICE);
      cluster.await(write::isDone);

      assertThatThrownBy(write::join)
          .hasCauseInstanceOf(NotAppliedException.class)
          .hasMessageContaining("table sessions was paused until the deadline by [a/");
      assertThat(pause).isNotNull();
    }
    sessions("b").pingAll(SOON);
    assertThat(sessions("a").size()).isZero();
  }

  @Test
  void pause_queueOfAnotherNodeIsFull_itsNextWriteIsNotApplied() {
    cluster.start("b", settings -> settings.maxPaused(1, 1000));
    cluster.join("a", "b");
    Pause pause = sessions("a").pauseAll(LONG);
    CompletableFuture<Receipt> first = heldBack("b", ALICE);
    CompletableFuture<Receipt> second = sessions("b").insertAsync(BOB);

    cluster.await(second::isDone);

    assertThatThrownBy(second::join)
        .hasCauseInstanceOf(NotAppliedException.class)
        .hasMessageContaining("1 writes of 1000 bytes may");
    pause.close();
    cluster.receipt(first);
  }

  @Test
  void pause_moreThanANodeMayHold_isRefused() {
    cluster.join("a", "b");
    List<Pause> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(i % 2 == 0 ? sessions("a").pause(LONG) : sessions("a").pause("b", LONG));
    }

    assertThatThrownBy(() -> sessions("a").pauseAll(LONG))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("hold 100 pauses of table sessions; 100 are allowed");
    assertThatThrownBy(() -> sessions("a").pause(LONG)).isInstanceOf(CetsException.class);
    assertThatThrownBy(() -> sessions("a").pause("b", LONG)).isInstanceOf(CetsException.class);

    held.removeLast().close();
    held.add(sessions("a").pauseAll(LONG));
    held.forEach(Pause::close);
    BOTH.forEach(this::awaitFree);
    sessions("b").insert(ALICE);
  }

  @Test
  void pause_timeThatIsNotPositive_isRefused() {
    cluster.start("a");

    assertThatThrownBy(() -> sessions("a").pauseAll(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the longest time is PT0S; it must be positive");
  }
}
