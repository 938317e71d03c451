package dev.cets.codec;

import dev.cets.codec.Samples.Blob;
import dev.cets.codec.Samples.Box;
import dev.cets.codec.Samples.Boxes;
import dev.cets.codec.Samples.Circle;
import dev.cets.codec.Samples.Color;
import dev.cets.codec.Samples.Containers;
import dev.cets.codec.Samples.Everything;
import dev.cets.codec.Samples.Primitives;
import dev.cets.codec.Samples.RoomKey;
import dev.cets.codec.Samples.Shape;
import dev.cets.codec.Samples.Tree;
import dev.cets.codec.Samples.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Values of {@link Samples}, the same for the same seed. */
final class RandomSamples {
  private static final long[] EDGES = {
    0, 1, -1, 127, 128, -128, -129, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private static final List<Color> COLORS = List.of(Color.values());

  private final RandomGenerator random;

  RandomSamples(long seed) {
    this.random = new SplittableRandom(seed);
  }

  RandomGenerator random() {
    return random;
  }

  Everything everything() {
    return new Everything(
        maybe(this::primitives),
        maybe(this::boxes),
        maybe(this::values),
        maybe(this::containers),
        maybe(this::shape),
        maybe(() -> tree(3)));
  }

  RoomKey key() {
    return new RoomKey(text(), integer(), maybe(this::color));
  }

  Primitives primitives() {
    return new Primitives(
        random.nextBoolean(),
        (byte) integer(),
        (short) integer(),
        (char) integer(),
        (int) integer(),
        integer(),
        Float.intBitsToFloat(random.nextInt()),
        Double.longBitsToDouble(random.nextLong()));
  }

  private Boxes boxes() {
    Primitives p = primitives();
    return new Boxes(
        maybe(p::truth),
        maybe(p::tiny),
        maybe(p::small),
        maybe(p::letter),
        maybe(p::number),
        maybe(p::big),
        maybe(p::f),
        maybe(p::d));
  }

  private Values values() {
    return new Values(
        maybe(this::text),
        maybe(this::color),
        maybe(this::uuid),
        maybe(() -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
        maybe(() -> Duration.ofSeconds(integer(), random.nextInt(1_000_000_000))),
        maybe(() -> LocalDate.ofEpochDay(random.nextInt(-100_000_000, 100_000_000))),
        maybe(this::huge),
        maybe(() -> new BigDecimal(huge(), random.nextInt())),
        maybe(() -> new Blob(maybe(() -> bytes(random.nextInt(300))))));
  }

  private Containers containers() {
    return new Containers(
        maybe(() -> this.<@Nullable String>list(() -> maybe(this::text))),
        maybe(() -> set(() -> (int) integer())),
        maybe(() -> map(this::text, () -> list(this::integer))),
        maybe(() -> Optional.ofNullable(maybe(this::text))),
        maybe(() -> map(this::color, () -> map(this::uuid, () -> maybe(this::shape)))),
        maybe(() -> set(this::box)));
  }

  Shape shape() {
    return random.nextBoolean() ? new Circle(random.nextGaussian()) : box();
  }

  private Box box() {
    Shape inner = random.nextInt(3) == 0 ? shape() : null;
    return new Box(random.nextInt(5), random.nextInt(5), inner);
  }

  Tree tree(int depth) {
    return new Tree(text(), depth == 0 ? List.of() : list(() -> tree(depth - 1)));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(20);
    boolean ascii = random.nextBoolean();
    while (text.length() < length) {
      int point = random.nextInt(ascii ? 0x80 : Character.MAX_CODE_POINT + 1);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  private Color color() {
    return COLORS.get(random.nextInt(COLORS.size()));
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private BigInteger huge() {
    return new BigInteger(bytes(1 + random.nextInt(40)));
  }

  long integer() {
    return random.nextInt(3) == 0
        ? EDGES[random.nextInt(EDGES.length)]
        : random.nextLong() >> random.nextInt(64);
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> @Nullable T maybe(Supplier<? extends T> value) {
    return random.nextInt(6) == 0 ? null : value.get();
  }

  private <T extends @Nullable Object> List<T> list(Supplier<? extends T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <T> Set<T> set(Supplier<? extends T> element) {
    return new HashSet<>(list(element));
  }

  private <K, V extends @Nullable Object> Map<K, V> map(
      Supplier<? extends K> key, Supplier<? extends V> value) {
    Map<K, V> map = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      map.put(key.get(), value.get());
    }
    return map;
  }
}
