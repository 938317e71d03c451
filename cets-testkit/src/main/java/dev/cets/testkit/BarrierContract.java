package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.NotAppliedException;
import dev.cets.Pause;
import dev.cets.Receipt;
import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pings, and pauses of a table's writes, over any engine. */
public abstract class BarrierContract extends ClusterContract {
  private static final List<String> BOTH = List.of("a", "b");
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Made by subclasses only. */
  protected BarrierContract() {}

  private static List<Session> records(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Session("s" + i, "user" + i)).toList();
  }

  // ---- ping

  @Test
  void pingAll_clusterOfOne_returnsAtOnce() {
    cluster.start("a");
    sessions("a").insert(ALICE);

    Receipt receipt = sessions("a").pingAll(SOON);

    assertThat(receipt.appliedBy()).containsExactly("a");
    assertThat(sessions("a").ping("a", SOON).appliedBy()).containsExactly("a");
  }

  @Test
  void pingAll_asyncWritesBefore_areAppliedEverywhere() {
    cluster.join("a", "b", "c");
    for (Session record : records(100)) {
      var unused = sessions("a").insertAsync(record);
    }

    Receipt receipt = sessions("a").pingAll(SOON);

    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(receipt.changes()).isZero();
    for (String node : List.of("a", "b", "c")) {
      assertThat(sessions(node).size()).isEqualTo(100);
    }
    assertThat(sessions("a").status().unacknowledgedWrites()).isZero();
  }

  @Test
  void ping_asyncWritesBefore_areAppliedThere() {
    cluster.join("a", "b");
    for (Session record : records(100)) {
      var unused = sessions("a").insertAsync(record);
    }

    Receipt receipt = sessions("a").ping("b", SOON);

    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b");
    assertThat(sessions("b").size()).isEqualTo(100);
  }

  @Test
  void ping_nodeThatIsNotLinked_refusedAtOnce() {
    cluster.join("a", "b");

    assertThatThrownBy(() -> sessions("a").ping("z", SOON))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("table sessions is not linked with node z");
  }

  // ---- pause

  @Test
  void pause_writesMeanwhile_waitAndAreAppliedInOrder() {
    cluster.join("a", "b");
    SetTable<String, Session> table = sessions("a");
    Pause pause = table.pause(LONG);
    List<CompletableFuture<Receipt>> writes =
        List.of(
            table.insertAsync(ALICE),
            table.insertAsync(ALEX),
            table.insertAsync(BOB),
            table.deleteAsync(BOB.id()));
    table.pingAll(SOON);
    assertThat(table.dump()).isEmpty();
    assertThat(writes).noneMatch(CompletableFuture::isDone);

    pause.close();

    writes.forEach(cluster::receipt);
    assertRecords(BOTH, ALEX);
  }

  @Test
  void pause_held_readsPingAndStatusAnswer() {
    cluster.join("a", "b");
    sessions("a").insert(ALICE);
    sessions("b").insert(BOB);

    try (Pause pause = sessions("a").pause(LONG)) {
      assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
      assertThat(sessions("a").ping("b", SOON).appliedBy()).contains("b");
      assertThat(sessions("a").pingAll(SOON).appliedBy()).contains("b");
      assertThat(sessions("a").status().records()).isEqualTo(2);
      assertThat(pause).isNotNull();
    }
  }

  @Test
  void pause_writesOfAnotherNode_goOn() {
    cluster.join("a", "b");

    try (Pause pause = sessions("a").pause(LONG)) {
      assertThat(sessions("b").insert(ALICE).appliedBy()).containsExactlyInAnyOrder("a", "b");
      assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
      assertThat(pause).isNotNull();
    }
  }

  @Test
  void pause_twice_needsTwoUnpauses() {
    cluster.start("a");
    Pause first = sessions("a").pause(LONG);
    Pause second = sessions("a").pause(LONG);
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);

    first.close();
    first.close(); // twice is as once
    sessions("a").pingAll(SOON);
    assertThat(sessions("a").lookup("1")).isNull();
    assertThat(write).isNotDone();

    second.close();
    cluster.receipt(write);
    assertThat(sessions("a").lookup("1")).isEqualTo(ALICE);
  }

  @Test
  void pause_itsTimeIsOver_letsGo() {
    cluster.join("a", "b");
    Pause pause = sessions("a").pause(Duration.ofMillis(300));

    Receipt receipt = cluster.receipt(sessions("a").insertAsync(ALICE));

    assertThat(receipt.appliedBy()).containsExactlyInAnyOrder("a", "b");
    pause.close();
    sessions("a").insert(BOB);
    assertRecords(BOTH, ALICE, BOB);
  }

  @Test
  void pause_deadlineOfAWaitingWrite_isNotApplied() {
    cluster.start("a");
    try (Pause pause = sessions("a").pause(LONG)) {
      CompletableFuture<Receipt> write =
          sessions("a").withDeadline(Duration.ofMillis(200)).insertAsync(ALICE);
      cluster.await(write::isDone);

      assertThatThrownBy(write::join)
          .isInstanceOf(CompletionException.class)
          .hasCauseInstanceOf(NotAppliedException.class)
          .hasMessageContaining("was paused until the deadline");
      assertThat(pause).isNotNull();
    }
    sessions("a").pingAll(SOON);
    assertThat(sessions("a").size()).isZero();
  }

  @Test
  void pause_queueIsFull_theNextWriteIsNotApplied() {
    cluster.start("a", settings -> settings.maxPaused(3, 1000));
    try (Pause pause = sessions("a").pause(LONG)) {
      List<CompletableFuture<Receipt>> writes =
          records(4).stream().map(sessions("a")::insertAsync).toList();
      cluster.await(writes.get(3)::isDone);

      assertThatThrownBy(writes.get(3)::join)
          .hasCauseInstanceOf(NotAppliedException.class)
          .hasMessageContaining("3 writes of 1000 bytes may");
      assertThat(pause).isNotNull();
    }
    cluster.await(() -> sessions("a").size() == 3);
  }

  @Test
  void close_pausedTable_endsTheWritesThatWait() {
    cluster.start("a");
    Pause pause = sessions("a").pause(LONG);
    CompletableFuture<Receipt> write = sessions("a").insertAsync(ALICE);

    sessions("a").close();

    cluster.await(write::isDone);
    assertThatThrownBy(write::join).hasCauseInstanceOf(NotAppliedException.class);
    pause.close();
  }
}
