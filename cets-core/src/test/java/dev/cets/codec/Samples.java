package dev.cets.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Record types for the tests, which together use everything that a component can be. */
final class Samples {
  private Samples() {}

  enum Color {
    RED,
    GREEN {
      @Override
      public String toString() {
        return "a constant with a body";
      }
    },
    BLUE
  }

  @SuppressWarnings("ArrayRecordComponent")
  record Blob(byte @Nullable [] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Blob blob && Arrays.equals(bytes, blob.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }

  sealed interface Shape permits Circle, Box {}

  record Circle(double radius) implements Shape {}

  record Box(int width, int height, @Nullable Shape inner) implements Shape {}

  record Primitives(
      boolean truth,
      byte tiny,
      short small,
      char letter,
      int number,
      long big,
      float f,
      double d) {}

  record Boxes(
      @Nullable Boolean truth,
      @Nullable Byte tiny,
      @Nullable Short small,
      @Nullable Character letter,
      @Nullable Integer number,
      @Nullable Long big,
      @Nullable Float f,
      @Nullable Double d) {}

  record Values(
      @Nullable String text,
      @Nullable Color color,
      @Nullable UUID id,
      @Nullable Instant at,
      @Nullable Duration took,
      @Nullable LocalDate day,
      @Nullable BigInteger huge,
      @Nullable BigDecimal price,
      @Nullable Blob blob) {}

  @SuppressWarnings("NullableOptional") // null must survive there too
  record Containers(
      @Nullable List<@Nullable String> texts,
      @Nullable Set<Integer> numbers,
      @Nullable Map<String, List<Long>> lists,
      @Nullable Optional<String> maybe,
      @Nullable Map<Color, Map<UUID, @Nullable Shape>> nested,
      @Nullable Set<Box> boxes) {}

  record Tree(String name, List<Tree> children) {}

  record Everything(
      @Nullable Primitives primitives,
      @Nullable Boxes boxes,
      @Nullable Values values,
      @Nullable Containers containers,
      @Nullable Shape shape,
      @Nullable Tree tree) {}

  record RoomKey(String realm, long number, @Nullable Color color) {}
}
