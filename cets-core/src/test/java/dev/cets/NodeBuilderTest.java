package dev.cets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Settings in the order in which somebody happens to give them. */
class NodeBuilderTest {
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration SILENCE = Duration.ofSeconds(30);

  @Test
  void settings_thatGoTogether_anyOrderWillDo() {
    try (CetsNode a = CetsNode.builder("a").beat(BEAT).silenceLimit(SILENCE).start();
        CetsNode b = CetsNode.builder("b").silenceLimit(SILENCE).beat(BEAT).start();
        CetsNode c =
            CetsNode.builder("c")
                .silenceLimit(Duration.ofMillis(200))
                .beat(Duration.ofMillis(100))
                .start()) {
      assertThat(a.name() + b.name() + c.name()).isEqualTo("abc");
    }
  }

  @Test
  void settings_thatDoNotGoTogether_areRefusedAtTheStart() {
    CetsNode.Builder builder = CetsNode.builder("a").silenceLimit(Duration.ofMillis(1_999));

    assertThatIllegalArgumentException()
        .isThrownBy(builder::start)
        .withMessage("the silence limit is PT1.999S; at least twice the beat of PT1S");
    builder.silenceLimit(Duration.ofSeconds(2)).start().close();
  }

  @Test
  void maxRecordBytes_aboveAWholeWrite_isRefusedAtTheStart() {
    int write = 8 * 1024 * 1024;
    CetsNode.Builder builder = CetsNode.builder("a").maxRecordBytes(write + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(builder::start)
        .withMessage("a record may have 8388609 bytes; at most 8388608");
    builder.maxRecordBytes(write).start().close();
  }

  @Test
  void compareInterval_longerThanTimeItself_isRefused() {
    CetsNode.Builder builder = CetsNode.builder("a");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.compareInterval(ChronoUnit.FOREVER.getDuration()))
        .withMessageContaining("the compare interval is PT")
        .withMessageEndingWith("; at most 365 days are allowed");
    builder.compareInterval(Duration.ofDays(365)).start().close();
  }

  @Test
  void awaitReady_foreverIsAllowed_returnsWhenItIsReady() {
    try (CetsNode node = CetsNode.builder("a").start()) {
      node.awaitReady(ChronoUnit.FOREVER.getDuration());
      node.awaitDiscovery(ChronoUnit.FOREVER.getDuration());

      assertThat(node.clusterStatus(ChronoUnit.FOREVER.getDuration()).nodes()).containsKey("a");
    }
  }
}
