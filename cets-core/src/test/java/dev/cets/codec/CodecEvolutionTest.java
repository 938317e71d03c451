package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.codec.Samples.Blob;
import dev.cets.spi.DecodeException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two releases of the same types: what each writes, the other reads. */
@SuppressWarnings({"SameNameButDifferent", "ArrayRecordComponent"})
class CodecEvolutionTest {
  static final class Old {
    enum Mood {
      GOOD,
      BAD
    }

    sealed interface Event {}

    record Said(String text) implements Event {}

    record Session(String id, int priority, List<Room> rooms, Mood mood) {}

    record Room(String name) {}

    record Rooms(Set<Room> set, Map<Room, Integer> map) {}

    record Key(String id) {}
  }

  static final class New {
    enum Mood {
      SO_SO,
      GOOD,
      BAD
    }

    sealed interface Event {}

    record Joined(String who) implements Event {}

    record Said(String text, long at) implements Event {}

    /** The same in another order, one wider, and more of every kind. */
    record Session(
        List<Room> rooms,
        boolean flag,
        double rate,
        char letter,
        @Nullable Long boxed,
        @Nullable String text,
        @Nullable Instant at,
        byte @Nullable [] bytes,
        @Nullable Blob blob,
        Optional<UUID> maybe,
        List<String> list,
        Set<String> set,
        Map<String, String> map,
        Mood mood,
        long priority,
        String id) {}

    record Room(String name, @Nullable String topic) {}

    record Rooms(Set<Room> set, Map<Room, Integer> map) {}

    record Key(String id, @Nullable String realm) {}
  }

  private static <A, B> B convert(Class<A> from, A value, Class<B> to) {
    return Codecs.value(to).decode(ByteBuffer.wrap(Codecs.value(from).encode(value)));
  }

  private static final Old.Session OLD =
      new Old.Session("s", -7, List.of(new Old.Room("r")), Old.Mood.BAD);

  @Test
  void decode_newReadsOld_missingGetDefaults() {
    assertThat(convert(Old.Session.class, OLD, New.Session.class))
        .isEqualTo(
            new New.Session(
                List.of(new New.Room("r", null)),
                false,
                0,
                '\0',
                null,
                null,
                null,
                null,
                null,
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of(),
                New.Mood.BAD,
                -7,
                "s"));
  }

  private static New.Session newSession(long priority, New.Mood mood) {
    return new New.Session(
        List.of(new New.Room("r", "topic")),
        true,
        1.5,
        'x',
        3L,
        "text",
        Instant.EPOCH,
        new byte[200],
        new Blob(new byte[1]),
        Optional.of(new UUID(1, 2)),
        List.of("a"),
        Set.of("b"),
        Map.of("c", "d"),
        mood,
        priority,
        "s");
  }

  @Test
  void decode_oldReadsNew_unknownArePassedOver() {
    assertThat(convert(New.Session.class, newSession(-7, New.Mood.BAD), Old.Session.class))
        .isEqualTo(OLD);
  }

  @Test
  void decode_widerIntegerOutOfTheNarrowerRange_refusedWithPath() {
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(
            () -> convert(New.Session.class, newSession(1L << 40, New.Mood.BAD), Old.Session.class))
        .withMessageContaining("Session.priority: 1099511627776 is out of range");
  }

  @Test
  void decode_unknownConstant_refusedWithItsName() {
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(
            () -> convert(New.Session.class, newSession(1, New.Mood.SO_SO), Old.Session.class))
        .withMessageContaining("Session.mood: 'SO_SO' is no constant of")
        .withMessageContaining("[BAD, GOOD]");
  }

  @Test
  void decode_recordOfSealedInterface_byNameWithDefaults() {
    assertThat(convert(Old.Event.class, new Old.Said("x"), New.Event.class))
        .isEqualTo(new New.Said("x", 0));
    assertThat(convert(New.Event.class, new New.Said("x", 5), Old.Event.class))
        .isEqualTo(new Old.Said("x"));
  }

  @Test
  void decode_unknownRecordOfSealedInterface_refused() {
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(() -> convert(New.Event.class, new New.Joined("x"), Old.Event.class))
        .withMessageContaining("is no record of")
        .withMessageContaining("known are Said");
  }

  @Test
  void decode_elementsThatDifferInUnknownComponentsOnly_becomeOne() {
    New.Rooms rooms =
        new New.Rooms(
            Set.of(new New.Room("r", "a"), new New.Room("r", "b")),
            Map.of(new New.Room("r", "a"), 1, new New.Room("r", "b"), 2));
    assertThat(convert(New.Rooms.class, rooms, Old.Rooms.class))
        .isEqualTo(new Old.Rooms(Set.of(new Old.Room("r")), Map.of(new Old.Room("r"), 2)));
  }

  @Test
  void decode_keyWithOtherComponents_refusedEitherWay() {
    byte[] old = Codecs.key(Old.Key.class).encode(new Old.Key("k"));
    byte[] recent = Codecs.key(New.Key.class).encode(new New.Key("k", "r"));
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(() -> Codecs.key(New.Key.class).decode(ByteBuffer.wrap(old)))
        .withMessageContaining("a key's components must be the same on all nodes");
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(() -> Codecs.key(Old.Key.class).decode(ByteBuffer.wrap(recent)));
  }
}
