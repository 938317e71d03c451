package dev.cets.testkit;

import static dev.cets.testkit.ClusterContract.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.SetSpec;
import dev.cets.SetTable;
import dev.cets.TableSpec;
import dev.cets.testkit.ClusterHarness.Session;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the records of a node that cannot be reached stay visible, to the millisecond. */
class GraceTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(1);
  private static final SetSpec<String, Session> CALLS =
      TableSpec.set("calls", String.class, Session.class, Session::id).grace(GRACE);

  private final SimulatedCluster cluster = new SimulatedCluster(5);
  private SetTable<String, Session> atA;

  @BeforeEach
  void begin() {
    cluster.join("a", "b");
    atA = cluster.node("a").open(CALLS);
    cluster.node("b").open(CALLS).insert(ALICE);
    cluster.await(() -> atA.size() == 1);
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private void assertVisibleFor(Duration time) {
    long until = cluster.network().now() + time.toNanos();
    while (cluster.network().now() < until) {
      assertThat(atA.lookup("1")).isEqualTo(ALICE);
      assertThat(atA.size()).isOne();
      cluster.run(STEP);
    }
  }

  @Test
  void cut_graceOver_hiddenThenAndNotBefore() {
    cluster.split("a", "b");

    assertVisibleFor(GRACE.minusSeconds(1));
    cluster.run(Duration.ofMillis(1_200)); // a tick is a tenth of a second

    assertThat(atA.lookup("1")).isNull();
    assertThat(atA.status().hiddenRecords()).isOne();
  }

  @Test
  void heal_withinTheGrace_neverHidden() {
    cluster.split("a", "b");
    assertVisibleFor(GRACE.minusSeconds(2));

    cluster.heal("a", "b");

    assertVisibleFor(GRACE.multipliedBy(2));
    cluster.awaitJoined("a", "b");
  }

  @Test
  void cut_againAfterAHeal_theGraceBeginsAnew() {
    cluster.split("a", "b");
    cluster.run(GRACE.minusSeconds(5));
    cluster.heal("a", "b");
    cluster.awaitJoined("a", "b");

    cluster.split("a", "b");

    assertVisibleFor(GRACE.minusSeconds(1));
    cluster.run(Duration.ofMillis(1_200));
    assertThat(atA.lookup("1")).isNull();
  }

  @Test
  void heal_afterTheGrace_shownAgain() {
    cluster.split("a", "b");
    cluster.run(GRACE.plusSeconds(1));
    assertThat(atA.lookup("1")).isNull();

    cluster.heal("a", "b");
    cluster.awaitJoined("a", "b");

    assertThat(atA.lookup("1")).isEqualTo(ALICE);
    assertThat(atA.status().hiddenRecords()).isZero();
  }
}
