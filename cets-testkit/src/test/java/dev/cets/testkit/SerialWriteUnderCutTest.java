package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALEX;
import static dev.cets.testkit.ClusterContract.ALICE;
import static dev.cets.testkit.ClusterContract.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cets.NotAppliedException;
import dev.cets.SetTable;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Writes that the leader serialises, while it is late or does not answer. */
class SerialWriteUnderCutTest {
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final SimulatedCluster cluster = new SimulatedCluster(11);
  private String leader;
  private String other;
  private SetTable<String, Session> table;

  @BeforeEach
  void begin() {
    cluster.join("a", "b");
    leader = cluster.sessions("a").leader();
    other = leader.equals("a") ? "b" : "a";
    table = cluster.sessions(other);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  @Test
  void insertNew_keyStandsAtTheLeaderOnly_falseAndNothingOverwritten() {
    var plain = cluster.sessions(leader).insertAsync(ALICE);
    assertThat(table.lookup("1")).isNull();

    assertThat(table.insertNew(ALEX)).isFalse();

    cluster.receipt(plain);
    assertThat(cluster.sessions(leader).dump()).containsExactly(ALICE);
    assertThat(table.dump()).containsExactly(ALICE);
  }

  @Test
  void insertNew_leaderDoesNotAnswer_isNotAppliedAtTheDeadlineAndReadsGoOn() {
    table.insert(BOB);
    cluster.cut("a", "b");
    long begin = cluster.network().now();
    CompletableFuture<Boolean> call = table.withDeadline(DEADLINE).insertNewAsync(ALICE);
    assertThat(table.lookup("2")).isEqualTo(BOB);
    assertThat(table.info().nodes()).containsExactly("a", "b");

    cluster.await(call::isDone);

    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(NotAppliedException.class)
        .hasMessageContaining("was not granted by " + leader);
    assertThat(Duration.ofNanos(cluster.network().now() - begin))
        .isBetween(DEADLINE, DEADLINE.plusMillis(200));
    cluster.heal("a", "b");
    assertThat(table.insertNew(ALEX)).isTrue();
  }

  @Test
  void insertSerial_leaderDoesNotAnswer_isNotAppliedAtTheDeadline() {
    cluster.cut("a", "b");

    assertThatThrownBy(() -> table.withDeadline(DEADLINE).insertSerial(ALICE))
        .isInstanceOf(NotAppliedException.class)
        .hasMessageContaining("was not granted by " + leader);

    assertThat(table.dump()).isEmpty();
  }

  @Test
  void close_nodeWhileInsertNewWaits_endsItNotApplied() {
    cluster.cut("a", "b");
    CompletableFuture<Boolean> call = table.insertNewAsync(ALICE);
    cluster.run(Duration.ofMillis(100));
    assertThat(call).isNotDone();

    cluster.leave(other);

    cluster.await(call::isDone);
    assertThatThrownBy(call::join)
        .hasCauseInstanceOf(NotAppliedException.class)
        .hasMessageContaining("closed");
  }

  // ---- replicas that differ for a moment

  @Test
  void insertNew_keyStandsAtTheCallerOnly_falseAndNothingOverwritten() {
    cluster.join("a", "b", "c");
    cluster.delay("c", leader, Duration.ofMillis(500));
    var plain = cluster.sessions("c").insertAsync(ALICE);
    cluster.await(() -> table.contains("1"));
    assertThat(cluster.sessions(leader).contains("1")).isFalse();

    assertThat(table.insertNew(ALEX)).isFalse();

    assertThat(cluster.sessions(leader).contains("1")).isFalse();
    cluster.receipt(plain);
    for (String node : List.of("a", "b", "c")) {
      assertThat(cluster.sessions(node).dump()).as("at %s", node).containsExactly(ALICE);
    }
  }
}
