package dev.cets.replication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.replication.LinkMessage.Writes;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageRoundTripTest {
  private static final Incarnation SENDER = new Incarnation("sender", 7);
  private static final int ROUNDS = 1_000;

  @Test
  void decode_everyMessageOfNodes_asItWasEncoded() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      for (Message message : new RandomMessages(seed).messages()) {
        assertThat(Frames.message(Frames.of(message))).as("seed %s", seed).isEqualTo(message);
      }
    }
  }

  @Test
  void decode_everyMessageOfLinks_asItWasEncoded() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      for (LinkMessage<String, Note> message : new RandomMessages(seed).linkMessages()) {
        LinkMessage<String, Note> decoded = Frames.linkMessage(Frames.of(3, 4, message), SENDER);
        assertThat(PlainValues.of(decoded)).as("seed %s", seed).isEqualTo(PlainValues.of(message));
      }
    }
  }

  @Test
  void decode_writes_asTheyWereEncoded() {
    for (long seed = 0; seed < ROUNDS; seed++) {
      List<Write<String, Note>> writes = new RandomMessages(seed).writes(SENDER);
      assertThat(Frames.linkMessage(Frames.of(3, 4, seed, writes, SENDER), SENDER))
          .as("seed %s", seed)
          .isEqualTo(new Writes<>(seed, writes));
    }
  }
}
