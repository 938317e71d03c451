package dev.cets.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.CetsNode;
import dev.cets.Discoveries;
import dev.cets.spi.Discovery;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a running node asks its back ends; the node is real, the time is not. */
class DiscoveryTimesTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SimulatedCluster cluster = new SimulatedCluster(8);
  private final ScriptedDiscovery asked = backEnd("asked");

  @AfterEach
  void end() {
    cluster.close();
  }

  private ScriptedDiscovery backEnd(String name) {
    return new ScriptedDiscovery(name, cluster.network());
  }

  private CetsNode start(String name, Discovery... discoveries) {
    return cluster.start(
        name,
        settings -> {
          for (Discovery discovery : discoveries) {
            settings.discovery(discovery);
          }
          return settings;
        });
  }

  private long now() {
    return ScriptedDiscovery.seconds(cluster.network().now());
  }

  /** Node a, found and quiet: nothing has happened for longer than any interval but the regular. */
  private CetsNode startJoinedWith(String peer) {
    CetsNode a = start("a", asked.knows(peer + ":7001"));
    start(peer);
    cluster.awaitJoined("a", peer);
    cluster.run(Duration.ofSeconds(100));
    asked.forgetQuestions();
    return a;
  }

  @Test
  void questions_noPeerIsMet_everyFiveSecondsForFiveMinutesThenEveryFiveMinutes() {
    start("a", asked);

    cluster.run(Duration.ofMinutes(16));

    List<Long> times = asked.askedAtSeconds();
    assertThat(gaps(times.subList(0, 60))).allMatch(gap -> gap == 5);
    List<Long> later = times.stream().filter(time -> time > 310).toList();
    assertThat(later).hasSize(2);
    assertThat(gaps(later)).containsExactly(300L);
  }

  private static List<Long> gaps(List<Long> times) {
    return LongStream.range(1, times.size())
        .map(i -> times.get((int) i) - times.get((int) i - 1))
        .boxed()
        .toList();
  }

  @Test
  void questions_firstPeerIsMet_onceAtOnceThenEveryFiveMinutes() {
    start("a", asked);
    start("b");
    cluster.run(Duration.ofSeconds(17));
    asked.forgetQuestions();

    cluster.connect("a", "b");
    cluster.run(Duration.ofMinutes(11));

    assertThat(asked.askedAtSeconds()).containsExactly(17L, 317L, 617L);
  }

  @Test
  void questions_backEndFails_againAfterASecondUntilItAnswers() {
    start("a", asked.fails("out of order"));
    cluster.run(Duration.ofMillis(3_500));
    asked.knows();
    cluster.run(Duration.ofSeconds(10));

    assertThat(asked.askedAtSeconds()).containsExactly(0L, 1L, 2L, 3L, 4L, 9L);
  }

  @Test
  void questions_nodeGoesDown_againAfterThirtySeconds() {
    CetsNode a = startJoinedWith("b");
    long began = now();

    cluster.leave("b");
    cluster.await(() -> a.status().availableNodes().size() == 1);
    cluster.run(Duration.ofSeconds(100));

    assertThat(asked.askedAtSeconds()).containsExactly(began + 30);
  }

  @Test
  void questions_nodeComesUp_againAtOnce() {
    startJoinedWith("b");
    start("c");
    long began = now();

    cluster.connect("c", "a");
    cluster.run(Duration.ofSeconds(100));

    assertThat(asked.askedAtSeconds()).containsExactly(began);
  }

  @Test
  void questions_slowBackEnd_oneAtATimeAndTheIntervalCountsFromTheAnswer() {
    start("a", asked.takes(Duration.ofSeconds(7)));

    cluster.run(Duration.ofSeconds(30));

    assertThat(asked.askedAtSeconds()).startsWith(0L, 12L, 24L);
    assertThat(asked.mostQuestionsAtOnce()).isEqualTo(1);
  }

  @Test
  void questions_nodesComeUpDuringAQuestion_oneMoreRightAfterIt() {
    start("a", asked.takes(Duration.ofSeconds(20)));
    start("b");
    start("c");
    cluster.network().after(Duration.ofSeconds(5), () -> cluster.connect("a", "b"));
    cluster.network().after(Duration.ofSeconds(6), () -> cluster.connect("a", "c"));

    cluster.run(Duration.ofSeconds(200));

    assertThat(asked.askedAtSeconds()).containsExactly(0L, 20L);
    assertThat(asked.mostQuestionsAtOnce()).isEqualTo(1);
  }

  @Test
  void questions_intervalsOfTheBuilder_areUsed() {
    CetsNode a =
        cluster.start(
            "a",
            settings ->
                settings
                    .discovery(asked.knows("b:7001"))
                    .discoverySearch(Duration.ofSeconds(2), Duration.ofSeconds(7))
                    .discoveryInterval(Duration.ofSeconds(40))
                    .discoveryAfterError(Duration.ofSeconds(3))
                    .discoveryAfterNodeDown(Duration.ofSeconds(10)));
    cluster.run(Duration.ofSeconds(90));
    assertThat(asked.askedAtSeconds()).containsExactly(0L, 2L, 4L, 6L, 8L, 48L, 88L);

    asked.fails("out of order");
    cluster.run(Duration.ofSeconds(46));
    asked.knows("b:7001");
    assertThat(asked.askedAtSeconds()).endsWith(88L, 128L, 131L, 134L);

    start("b");
    cluster.await(() -> a.status().availableNodes().size() == 2);
    cluster.run(Duration.ofSeconds(30));
    asked.forgetQuestions();
    long began = now();
    cluster.leave("b");
    cluster.await(() -> a.status().availableNodes().size() == 1);
    cluster.run(Duration.ofSeconds(11));

    assertThat(asked.askedAtSeconds()).contains(began + 10);
  }

  @Test
  void intervals_notPositiveOrEndless_areRefusedInOneSentence() {
    CetsNode.Builder builder = CetsNode.builder("a");
    for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(366))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.discoverySearch(bad, SECOND))
          .withMessageContaining("the interval of questions while searching is " + bad)
          .withMessageEndingWith("more than zero and at most 365 days is allowed");
      assertThatIllegalArgumentException().isThrownBy(() -> builder.discoverySearch(SECOND, bad));
      assertThatIllegalArgumentException().isThrownBy(() -> builder.discoveryAfterError(bad));
      assertThatIllegalArgumentException().isThrownBy(() -> builder.discoveryAfterNodeDown(bad));
      assertThatIllegalArgumentException().isThrownBy(() -> builder.discoveryInterval(bad));
      assertThatIllegalArgumentException().isThrownBy(() -> builder.discoveryAnswerLimit(bad));
      assertThatIllegalArgumentException().isThrownBy(() -> Discoveries.every(bad, asked));
    }
    builder.discoveryInterval(Duration.ofDays(365));
    builder.discoveryInterval(Duration.ofNanos(1));
  }

  @Test
  void questions_twoBackEnds_eachAtItsOwnTimes() {
    ScriptedDiscovery often = backEnd("often").longestInterval(Duration.ofSeconds(3));
    ScriptedDiscovery failing = backEnd("failing").fails("out of order");
    start("a", asked, often, failing);

    cluster.run(Duration.ofMillis(10_500));

    assertThat(asked.askedAtSeconds()).containsExactly(0L, 5L, 10L);
    assertThat(often.askedAtSeconds()).containsExactly(0L, 3L, 6L, 9L);
    assertThat(failing.questions()).isBetween(9, 11);
  }

  @Test
  void every_shorterOrLongerThanTheBackEndWants_isWhatCounts() {
    ScriptedDiscovery often = backEnd("often").longestInterval(SECOND);
    start("a", Discoveries.every(Duration.ofSeconds(2), asked));
    start("b", Discoveries.every(Duration.ofSeconds(4), often));

    cluster.run(Duration.ofMillis(8_500));

    assertThat(asked.askedAtSeconds()).containsExactly(0L, 2L, 4L, 6L, 8L);
    assertThat(often.askedAtSeconds()).containsExactly(0L, 4L, 8L);
    assertThat(cluster.node("b").status().discovery().getFirst().backEnd()).isEqualTo("often");
  }
}
