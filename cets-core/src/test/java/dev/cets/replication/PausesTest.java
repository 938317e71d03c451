package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.Net.Node;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {
  private final Net net = new Net();
  private final Node a = net.node("a").open(false);

  @Test
  void tick_pauseWhoseTimeIsOver_letsGoAndTells() {
    a.table().callers().pause(1, "somebody", Duration.ofSeconds(1).toNanos());
    a.write("k=1");
    assertThat(a.records()).isEmpty();

    net.live(Duration.ofSeconds(2));

    assertThat(a.records()).containsExactly("k=1");
    assertThat(a.told(Event.PauseOver.class))
        .containsExactly(new Event.PauseOver("notes", "somebody", "it lasted its longest time"));
  }

  @Test
  void tick_pauseThatWasEnded_tellsNothing() {
    a.table().callers().pause(1, "somebody", Duration.ofSeconds(1).toNanos());
    a.table().callers().resume(1);

    net.live(Duration.ofSeconds(2));

    assertThat(a.told(Event.PauseOver.class)).isEmpty();
  }

  @Test
  void tick_oneOfTwoPausesIsOver_theOtherHolds() {
    a.table().callers().pause(1, "one", Duration.ofSeconds(1).toNanos());
    a.table().callers().pause(2, "two", Duration.ofHours(1).toNanos());
    a.write("k=1");

    net.live(Duration.ofSeconds(2));

    assertThat(a.records()).isEmpty();
    assertThat(a.table().callers().pauseHolders()).containsExactly("two");
    assertThat(a.table().callers().pausedWrites()).isOne();
  }
}
