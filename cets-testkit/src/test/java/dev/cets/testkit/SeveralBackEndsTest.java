package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.CetsNode;
import dev.cets.DiscoveryStatus;
import dev.cets.DiscoveryStatus.Phase;
import dev.cets.spi.Discovery;
import dev.cets.spi.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several back ends of one node, some of which do what they must not, and what status tells. */
class SeveralBackEndsTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final SimulatedCluster cluster = new SimulatedCluster(9);
  private final ScriptedDiscovery first = backEnd("first");
  private final ScriptedDiscovery second = backEnd("second");

  @AfterEach
  void end() {
    cluster.close();
  }

  private ScriptedDiscovery backEnd(String name) {
    return new ScriptedDiscovery(name, cluster.network());
  }

  private CetsNode start(Discovery... discoveries) {
    return cluster.start(
        "a",
        settings -> {
          for (Discovery discovery : discoveries) {
            settings.discovery(discovery);
          }
          return settings;
        });
  }

  private static DiscoveryStatus discovery(CetsNode node, int number) {
    return node.status().discovery().get(number);
  }

  @Test
  void answers_ofTwoBackEnds_bothCount() {
    cluster.start("b");
    cluster.start("c");
    CetsNode a = start(first.knows("b:7001"), second.knows("c:7001", "b:7001"));

    a.awaitReady(LIMIT);

    assertThat(a.status().availableNodes()).containsExactly("a", "b", "c");
    assertThat(a.status().discoveredNodes()).containsExactly("b", "c");
  }

  @Test
  void answers_oneBackEndFails_theOthersAreUsedAndItsErrorIsTold() {
    cluster.start("b");
    CetsNode a = start(first.fails("the registry is out of order"), second.knows("b:7001"));

    a.awaitReady(LIMIT);

    assertThat(a.status().availableNodes()).containsExactly("a", "b");
    assertThat(a.status().discoveryWorks()).isFalse();
    assertThat(a.status().reasons())
        .containsExactly("discovery by first: the registry is out of order");
  }

  @Test
  void answers_oneBackEndListsANodeNoMore_itStaysWhileTheOtherDoes() {
    CetsNode a = start(first.knows("b:7001"), second.knows("b:7001"));
    cluster.run(Duration.ofSeconds(1));

    first.knows();
    cluster.run(Duration.ofSeconds(6));
    assertThat(a.status().unavailableNodes()).containsExactly("b:7001");

    second.knows();
    cluster.run(Duration.ofSeconds(6));
    assertThat(a.status().unavailableNodes()).isEmpty();
  }

  @Test
  void answers_nullErrorsAndUncheckedExceptions_areFailuresOfThatBackEndOnly() {
    cluster.start("b");
    Discovery answersNull = SeveralBackEndsTest::nothingAtAll;
    Discovery throwsUnchecked =
        () -> {
          throw new IllegalStateException("a defect\n  in two lines");
        };
    Discovery throwsError =
        () -> {
          throw new NoClassDefFoundError("org/example/Missing");
        };
    Discovery silent =
        () -> {
          throw new IOException();
        };
    CetsNode a = start(answersNull, throwsUnchecked, throwsError, silent, second.knows("b:7001"));

    a.awaitReady(LIMIT);

    assertThat(a.status().availableNodes()).containsExactly("a", "b");
    assertThat(a.status().discovery().stream().map(DiscoveryStatus::lastError).toList())
        .containsExactly(
            "it answered with null; an empty set means nobody",
            "a defect in two lines",
            "org/example/Missing",
            "java.io.IOException",
            null);
    assertThat(discovery(a, 0).backEnd()).isEqualTo("your own back end");
    cluster.run(Duration.ofSeconds(1));
    assertThat(second.questions()).as("once, and when b came up").isEqualTo(2);
  }

  @SuppressWarnings("NullAway") // what it must not do
  private static Set<NodeAddress> nothingAtAll() {
    return null;
  }

  @Test
  void answers_overTheLimit_areRefusedAndThoseAtTheLimitAreUsed() {
    CetsNode a = start(numbered(Discovery.MAX_ADDRESSES), numbered(Discovery.MAX_ADDRESSES + 1));

    a.awaitDiscovery(LIMIT);

    assertThat(discovery(a, 0).lastError()).isNull();
    assertThat(discovery(a, 0).lastAnswer()).hasSize(1_000);
    assertThat(discovery(a, 1).lastError())
        .isEqualTo("it answered with 1001 addresses; at most 1000 are allowed");
    assertThat(a.status().discoveredNodes()).hasSize(1_000);
  }

  private static Discovery numbered(int count) {
    Set<NodeAddress> nodes =
        IntStream.rangeClosed(1, count)
            .mapToObj(i -> new NodeAddress("h" + i, 7001))
            .collect(Collectors.toCollection(TreeSet::new));
    return () -> nodes;
  }

  @Test
  void errors_longOnes_areCut() {
    CetsNode a = start(first.fails("x".repeat(301)), second.fails("x".repeat(300)));

    a.awaitDiscovery(LIMIT);

    assertThat(discovery(a, 0).lastError()).isEqualTo("x".repeat(300) + "...");
    assertThat(discovery(a, 1).lastError()).isEqualTo("x".repeat(300));
  }

  @Test
  void start_backEndWithAnIntervalOfNothing_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> start(first.longestInterval(Duration.ZERO)))
        .withMessageStartingWith("the longest interval of a back end is PT0S");
  }

  @Test
  void status_fromTheFirstQuestionOn_tellsAnswerErrorTimesAndPhase() {
    CetsNode a = start(first.knows("b:7001", "[::1]:7001"));
    assertThat(discovery(a, 0))
        .as("it is asked now")
        .isEqualTo(new DiscoveryStatus("first", Phase.SEARCHING, List.of(), null, null, null));

    cluster.run(Duration.ofSeconds(3));
    assertThat(discovery(a, 0).lastAnswer()).containsExactly("[::1]:7001", "b:7001");
    assertThat(discovery(a, 0).askedAgo()).isEqualTo(Duration.ofSeconds(3));
    assertThat(discovery(a, 0).nextIn()).isEqualTo(Duration.ofSeconds(2));

    first.fails("out of order");
    cluster.run(Duration.ofMillis(2_500));
    assertThat(discovery(a, 0).phase()).isEqualTo(Phase.AFTER_ERROR);
    assertThat(discovery(a, 0).lastError()).isEqualTo("out of order");
    assertThat(discovery(a, 0).lastAnswer()).containsExactly("[::1]:7001", "b:7001");
    assertThat(discovery(a, 0).askedAgo()).isLessThan(Duration.ofSeconds(1));

    first.knows("b:7001");
    cluster.start("b");
    cluster.await(() -> a.status().availableNodes().size() == 2);
    cluster.run(Duration.ofSeconds(1));
    assertThat(discovery(a, 0).phase()).isEqualTo(Phase.REGULAR);
    assertThat(discovery(a, 0).lastError()).isNull();
    assertThat(discovery(a, 0).nextIn()).isGreaterThan(Duration.ofMinutes(4));

    cluster.leave("b");
    cluster.await(() -> a.status().availableNodes().size() == 1);
    assertThat(discovery(a, 0).phase()).isEqualTo(Phase.AFTER_NODE_DOWN);
    assertThat(discovery(a, 0).nextIn()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(30));
  }

  @Test
  void status_whileAQuestionRuns_hasNoTimeForTheNextOne() {
    CetsNode a = start(first.takes(Duration.ofSeconds(5)));
    cluster
        .network()
        .after(Duration.ofSeconds(2), () -> assertThat(discovery(a, 0).nextIn()).isNull());

    cluster.run(Duration.ofSeconds(6));

    assertThat(discovery(a, 0).nextIn()).isNotNull();
  }

  @Test
  void ready_backEndThatNeverAnswers_countsAsFailedAfterTheLimit() {
    cluster.start("b");
    CetsNode a =
        cluster.start(
            "a",
            settings ->
                settings
                    .discovery(first.takes(Duration.ofMinutes(10)))
                    .discovery(second.knows("b:7001"))
                    .discoveryAnswerLimit(Duration.ofSeconds(4)));

    List<String> reasons = new ArrayList<>();
    cluster.network().after(Duration.ofSeconds(3), () -> reasons.addAll(a.status().reasons()));
    cluster
        .network()
        .after(
            Duration.ofSeconds(5),
            () -> {
              first.takes(Duration.ZERO);
              a.awaitReady(Duration.ofMillis(1));
              assertThat(a.status().discoveryWorks()).isFalse();
              reasons.addAll(a.status().reasons());
              assertThat(discovery(a, 0).nextIn()).isNull();
            });
    cluster.run(Duration.ofSeconds(6));

    assertThat(reasons)
        .containsExactly(
            "discovery by first has not answered yet",
            "discovery by first: has not answered for 5 s");
    assertThat(first.questions()).isEqualTo(1);
    cluster.run(Duration.ofSeconds(1));
    assertThat(a.status().discoveryWorks()).as("it did answer at last").isTrue();
    assertThat(a.status().availableNodes()).containsExactly("a", "b");
  }
}
