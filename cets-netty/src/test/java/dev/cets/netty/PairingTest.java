package dev.cets.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.engine.EngineId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two pairings, a few channels between them, and every mixture of deliveries that chance finds. */
class PairingTest {
  private static final EngineId LOW = new EngineId(-1, 5);
  private static final EngineId HIGH = new EngineId(0, -5);

  private enum Message {
    HELLO,
    ACCEPT,
    REFUSE
  }

  /** A channel: what is under way to each of its two ends, in order. */
  private record Wire(int number, Queue<Message> toLow, Queue<Message> toHigh) {}

  @Test
  void meet_ownEngine_isSelf() {
    assertThat(new Pairing<Wire>(LOW).meet(new EngineId(-1, 5))).isEqualTo(Pairing.Step.SELF);
  }

  @Test
  void meet_channelsInAnyMixture_endsWithTheSameSingleConnection() {
    for (long seed = 0; seed < 20_000; seed++) {
      mix(new Random(seed), seed);
    }
  }

  private static void mix(Random random, long seed) {
    Pairing<Integer> low = new Pairing<>(LOW);
    Pairing<Integer> high = new Pairing<>(HIGH);
    int[] established = {0, 0};
    List<Wire> wires = new ArrayList<>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      wires.add(
          new Wire(
              i,
              new ArrayDeque<>(List.of(Message.HELLO)),
              new ArrayDeque<>(List.of(Message.HELLO))));
    }
    while (wires.stream().anyMatch(w -> !w.toLow().isEmpty() || !w.toHigh().isEmpty())) {
      Wire wire = wires.get(random.nextInt(count));
      boolean atLow = random.nextBoolean();
      Message message = (atLow ? wire.toLow() : wire.toHigh()).poll();
      if (message == Message.HELLO) {
        switch ((atLow ? low : high).meet(atLow ? HIGH : LOW)) {
          case ACCEPT -> {
            low.establish(HIGH, wire.number());
            established[0]++;
            wire.toHigh().add(Message.ACCEPT);
          }
          case REFUSE -> wire.toHigh().add(Message.REFUSE);
          case AWAIT_VERDICT -> assertThat(atLow).isFalse();
          case SELF -> throw new AssertionError("seed " + seed);
        }
      } else if (message == Message.ACCEPT) {
        high.establish(LOW, wire.number());
        established[1]++;
      }
    }
    assertThat(established).as("seed %s", seed).containsExactly(1, 1);
    assertThat(low.with(HIGH)).as("seed %s", seed).isEqualTo(high.with(LOW));
  }

  @Test
  void end_ofAnOlderConnection_leavesTheNewOne() {
    Pairing<String> pairing = new Pairing<>(LOW);
    pairing.establish(HIGH, "first");
    pairing.end(HIGH, "first");
    pairing.establish(HIGH, "second");

    pairing.end(HIGH, "first");

    assertThat(pairing.with(HIGH)).isEqualTo("second");
    assertThat(pairing.meet(HIGH)).isEqualTo(Pairing.Step.REFUSE);
    assertThat(Arrays.asList(pairing.all().toArray())).containsExactly("second");
  }
}
