package dev.cets.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.bench.codec.HostileBytes.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the comparison compares the same, and what is claimed of our own codec. */
class HostileBytesTest {
  private static final int SEEDS = 1_000;

  @ParameterizedTest
  @EnumSource(Library.class)
  void codec_session_comesBackAsItWas(Library library) {
    RecordCodec<ChatSession> codec = library.codec(ChatSession.class);
    for (int number = 0; number < 10; number++) {
      ChatSession session = ChatSession.of(number);
      assertThat(codec.decode(codec.encode(session))).isEqualTo(session);
    }
  }

  @ParameterizedTest
  @EnumSource(Library.class)
  void decoded_damagedBytes_everyEndIsCounted(Library library) {
    Found found = HostileBytes.items(library, SEEDS);

    assertThat(found.ends().values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(SEEDS);
    assertThat(found.count(Outcome.REFUSED)).isPositive();
    assertThat(found.count(Outcome.OTHER_VALUE)).isPositive();
  }

  @Test
  void decoded_damagedBytesByOurs_valueOrRefusalWithLittleMemory() {
    for (Found found :
        new Found[] {
          HostileBytes.items(Library.CETS, SEEDS), HostileBytes.sessions(Library.CETS, SEEDS)
        }) {
      assertThat(found.others()).isEmpty();
      assertThat(found.muchMemory()).isZero();
    }
  }

  @Test
  void damage_sameSeed_isTheSame() {
    byte[] bytes = Library.CETS.codec(ChatSession.class).encode(ChatSession.of(1));

    assertThat(Damage.of(bytes, 7)).isEqualTo(Damage.of(bytes, 7)).isNotEqualTo(bytes);
  }
}
