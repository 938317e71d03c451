package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.CetsException;
import dev.cets.CetsNode;
import dev.cets.NotReadyException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waiting for what discovery knows now, and for nothing else. */
class AwaitDiscoveryTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final SimulatedCluster cluster = new SimulatedCluster(10);
  private final ScriptedDiscovery asked = new ScriptedDiscovery("asked", cluster.network());

  @AfterEach
  void end() {
    cluster.close();
  }

  private CetsNode start() {
    return cluster.start("a", settings -> settings.discovery(asked));
  }

  private long now() {
    return ScriptedDiscovery.seconds(cluster.network().now());
  }

  @Test
  void awaitDiscovery_atTheStart_waitsForTheFirstAnswerNotForTheNodes() {
    asked.knows("nobody:7001").takes(Duration.ofSeconds(3));
    CetsNode a = start();

    a.awaitDiscovery(LIMIT);

    assertThat(now()).isEqualTo(3);
    assertThat(a.status().discoveredNodes()).containsExactly("nobody:7001");
  }

  @Test
  void awaitDiscovery_firstAnswerIsAnError_isEnough() {
    asked.fails("out of order");
    CetsNode a = start();

    a.awaitDiscovery(LIMIT);

    assertThat(a.status().discoveryWorks()).isFalse();
    assertThat(asked.questions()).isEqualTo(1);
  }

  @Test
  void awaitDiscovery_noQuestionRunsOrIsDue_returnsAtOnce() {
    CetsNode a = start();
    cluster.run(Duration.ofSeconds(2));

    a.awaitDiscovery(LIMIT);

    assertThat(now()).isEqualTo(2);
    assertThat(asked.questions()).isEqualTo(1);
  }

  @Test
  void awaitDiscovery_anotherQuestionIsDueBehindTheOneThatRuns_waitsForThatOne() {
    asked.takes(Duration.ofSeconds(10));
    CetsNode a = start();
    cluster.start("b");
    cluster.network().after(Duration.ofSeconds(2), () -> cluster.connect("a", "b"));
    cluster.network().after(Duration.ofSeconds(9), () -> asked.knows("b:7001", "c:7001"));

    a.awaitDiscovery(LIMIT);

    assertThat(asked.questions()).isEqualTo(2);
    assertThat(now()).isEqualTo(20);
    assertThat(a.status().discoveredNodes()).containsExactly("b", "c:7001");
  }

  @Test
  void awaitDiscovery_withoutBackEnds_returnsAtOnce() {
    cluster.start("a").awaitDiscovery(LIMIT);

    assertThat(now()).isZero();
  }

  @Test
  void awaitDiscovery_deadlinePasses_namesWhoHasNotAnswered() {
    CetsNode a = start();
    asked.takes(Duration.ofHours(1));
    cluster
        .network()
        .after(
            Duration.ofSeconds(1),
            () ->
                assertThatExceptionOfType(NotReadyException.class)
                    .isThrownBy(() -> a.awaitDiscovery(Duration.ofSeconds(2)))
                    .withMessage(
                        "node a waited PT2S for discovery:"
                            + " [discovery by asked has not answered yet]")
                    .satisfies(e -> assertThat(e.reasons()).hasSize(1)));

    cluster.run(Duration.ofSeconds(5));
  }

  @Test
  void close_whileAwaitDiscoveryWaits_endsIt() {
    CetsNode a = start();
    asked.takes(Duration.ofSeconds(20));
    cluster.network().after(Duration.ofSeconds(3), a::close);

    assertThatExceptionOfType(CetsException.class)
        .isThrownBy(() -> a.awaitDiscovery(LIMIT))
        .withMessage("node a was closed");
  }
}
