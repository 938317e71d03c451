package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cets.codec.Samples.Color;
import dev.cets.codec.Samples.Everything;
import dev.cets.codec.Samples.RoomKey;
import dev.cets.codec.Samples.Tree;
import dev.cets.spi.Codec;
import dev.cets.spi.DecodeException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Decoding ends with a value or a DecodeException, soon, and without much memory. */
@Timeout(60)
class CodecHostileBytesTest {
  private static final List<Class<?>> KEYS =
      List.of(
          RoomKey.class,
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Color.class,
          UUID.class,
          Instant.class,
          Duration.class,
          LocalDate.class,
          BigInteger.class,
          BigDecimal.class);

  /** What is read is a value: it can be written, and then read again. */
  private static <T> boolean decodes(Codec<T> codec, byte[] bytes, String what) {
    try {
      T value;
      try {
        value = codec.decode(ByteBuffer.wrap(bytes));
      } catch (DecodeException e) {
        return false;
      }
      assertThat(codec.decode(ByteBuffer.wrap(codec.encode(value)))).isEqualTo(value);
      return true;
    } catch (Throwable e) {
      throw new AssertionError(what + ": " + HexFormat.of().formatHex(bytes), e);
    }
  }

  private static byte[] mutated(byte[] valid, RandomSamples samples) {
    byte[] bytes = valid.clone();
    for (int i = samples.random().nextInt(4); i >= 0 && bytes.length > 0; i--) {
      int at = samples.random().nextInt(bytes.length);
      int to = at + samples.random().nextInt(Math.min(bytes.length - at, 20) + 1);
      switch (samples.random().nextInt(5)) {
        case 0 -> bytes[at] ^= (byte) (1 << samples.random().nextInt(8));
        case 1 -> bytes[at] = (byte) (samples.random().nextBoolean() ? -1 : 0);
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> bytes = joined(bytes, at, to); // without a range
        default -> bytes = joined(bytes, to, at); // with a range twice
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int headEnd, int tailStart) {
    byte[] result = Arrays.copyOf(bytes, headEnd + bytes.length - tailStart);
    System.arraycopy(bytes, tailStart, result, headEnd, bytes.length - tailStart);
    return result;
  }

  @Test
  void decode_mutatedBytes_valueOrDecodeException() {
    Codec<Everything> codec = Codecs.value(Everything.class);
    Codec<RoomKey> keys = Codecs.key(RoomKey.class);
    int values = 0;
    for (long seed = 0; seed < 10_000; seed++) {
      RandomSamples samples = new RandomSamples(seed);
      byte[] bytes = mutated(codec.encode(samples.everything()), samples);
      values += decodes(codec, bytes, "seed " + seed) ? 1 : 0;
      decodes(keys, mutated(keys.encode(samples.key()), samples), "key, seed " + seed);
    }
    assertThat(values).as("mutations that are values, of 10,000").isBetween(300, 9_700);
  }

  @Test
  void decode_truncatedBytes_decodeException() {
    Codec<Everything> codec = Codecs.value(Everything.class);
    for (long seed = 0; seed < 30; seed++) {
      byte[] bytes = codec.encode(new RandomSamples(seed).everything());
      for (int length = 0; length < bytes.length; length++) {
        decodes(codec, Arrays.copyOf(bytes, length), "seed " + seed);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThat(decodes(codec, longer, "seed " + seed)).isFalse();
    }
  }

  @Test
  void decode_randomBytes_valueOrDecodeException() {
    Codec<Everything> everything = Codecs.value(Everything.class);
    List<? extends Codec<?>> keys = KEYS.stream().map(Codecs::key).toList();
    for (long seed = 0; seed < 10_000; seed++) {
      RandomSamples samples = new RandomSamples(seed);
      byte[] bytes = samples.bytes(samples.random().nextInt(24));
      decodes(everything, bytes, "seed " + seed);
      decodes(keys.get((int) (seed % keys.size())), bytes, "seed " + seed);
    }
  }

  @Test
  void decode_keyThatIsAccepted_onlyFromItsOwnBytes() {
    for (Class<?> type : KEYS) {
      assertOwnBytes(Codecs.key(type));
    }
  }

  private static <T> void assertOwnBytes(Codec<T> codec) {
    for (long seed = 0; seed < 5_000; seed++) {
      RandomSamples samples = new RandomSamples(seed);
      byte[] bytes = samples.bytes(samples.random().nextInt(12));
      try {
        T key = codec.decode(ByteBuffer.wrap(bytes));
        assertThat(codec.encode(key)).as("seed %d", seed).isEqualTo(bytes);
      } catch (DecodeException e) {
        // also right
      }
    }
  }

  private static void assertRefused(Class<?> type, byte[] bytes, String message) {
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(() -> Codecs.value(type).decode(ByteBuffer.wrap(bytes)))
        .withMessageContaining(message);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  /** The component of this name and layout, in a slot of this content. */
  private static byte[] component(String name, String layout, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(ByteBuffer.allocate(4).putInt((int) Tag.of(name + ":" + layout)).array());
    slot(bytes, content);
    return bytes.toByteArray();
  }

  private static void slot(ByteArrayOutputStream bytes, byte[] content) {
    int number = content.length + 1;
    while (number >= 0x80) {
      bytes.write(number | 0x80);
      number >>>= 7;
    }
    bytes.write(number);
    bytes.writeBytes(content);
  }

  record Wrap(List<Empty> list) {}

  @SuppressWarnings("ArrayRecordComponent")
  record Empty(
      int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k, int l) {}

  record Nulls(List<@Nullable String> list) {}

  @Test
  void decode_lengthBeyondTheEnd_refusedBeforeAllocation() {
    byte[] tag = Arrays.copyOf(component("list", "list<string>", new byte[0]), 4);
    String name = HexFormat.of().formatHex(tag);
    assertRefused(Nulls.class, hex(name + "ffffffff07"), "Nulls.list: 2147483646 bytes are");
    assertRefused(Nulls.class, hex(name + "ffffffff0f"), "Nulls.list: a length is malformed");
    assertRefused(Nulls.class, hex(name + "ffffffffff01"), "Nulls.list: a length is malformed");
    assertRefused(Nulls.class, hex(name + "8000"), "Nulls.list: a length is malformed");
    assertRefused(Nulls.class, hex(name + "80"), "Nulls.list: 1 bytes are needed, and 0 are left");
    assertRefused(Nulls.class, hex(name + "03 05 61"), "Nulls.list: 4 bytes are announced, and 1");
  }

  @Test
  void decode_listOfNullsOfAFrame_asLongAsTheBytes() {
    byte[] bytes = component("list", "list<string>", new byte[8 << 20]);
    assertThat(Codecs.value(Nulls.class).decode(ByteBuffer.wrap(bytes)).list()).hasSize(8 << 20);
  }

  @Test
  void decode_recordsOfManyMissingComponents_refused() {
    byte[] elements = new byte[1 << 20];
    Arrays.fill(elements, (byte) 1);
    assertRefused(
        Wrap.class, component("list", "list<record>", elements), "too many components are missing");
  }

  @Test
  void decode_deepNesting_refused() {
    // Each level takes a few bytes; what is outside is written after what is inside.
    byte[] tree = new byte[0];
    for (int i = 0; i < 2_000; i++) {
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      slot(list, tree);
      tree = component("children", "list<record>", list.toByteArray());
    }
    assertRefused(Tree.class, tree, "Tree.children.children.");
    assertRefused(Tree.class, tree, ": nested deeper than 100 levels");
  }

  @Test
  void decode_componentTwiceOrOutOfOrder_refused() {
    byte[] list = component("list", "list<string>", new byte[0]);
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    twice.writeBytes(list);
    twice.writeBytes(list);
    assertRefused(Nulls.class, twice.toByteArray(), "components are out of order");
  }

  @Test
  void decode_moreBytesThanAFrame_refused() {
    assertRefused(String.class, new byte[Output.MAX_BYTES + 1], "at most 16777216 are allowed");
  }

  @Test
  void decode_malformedScalars_refused() {
    assertRefused(String.class, hex("c3"), "the string is not valid UTF-8");
    assertRefused(String.class, hex("eda080"), "the string is not valid UTF-8");
    assertRefused(String.class, hex("efbfbd c3"), "the string is not valid UTF-8");
    assertRefused(Long.class, hex("0001"), "more bytes than it needs");
    assertRefused(Long.class, hex("ffff"), "more bytes than it needs");
    assertRefused(Long.class, hex(""), "an integer of 0 bytes");
    assertRefused(Long.class, hex("010203040506070809"), "an integer of 9 bytes");
    assertRefused(Byte.class, hex("0080"), "128 is out of range; -128 to 127 are allowed");
    assertRefused(Boolean.class, hex("02"), "2 is out of range; 0 to 1 are allowed");
    assertRefused(UUID.class, hex("00".repeat(17)), "1 bytes are left over");
    assertRefused(Instant.class, hex("3b9aca00 00"), "1000000000 nanoseconds");
    assertRefused(Instant.class, hex("00000000 7fffffffffffffff"), "is out of range");
    assertRefused(LocalDate.class, hex("7fffffffffffffff"), "is out of range");
    assertRefused(BigInteger.class, hex("0001"), "more bytes than it needs");
    assertRefused(BigDecimal.class, hex("00000001"), "an integer of 0 bytes");
    assertRefused(Color.class, hex("4f0a4f"), "'O?O' is no constant of");
    assertRefused(Color.class, hex("41".repeat(5_000)), "'" + "A".repeat(100) + "' is no");
  }

  record Counter(int number) {}

  @Test
  void decode_nullForAPrimitive_refused() {
    byte[] nothing = component("number", "integer", new byte[0]);
    nothing[4] = 0;
    assertRefused(Counter.class, nothing, "Counter.number: null, for a primitive type");
  }

  record Checked(int port) {
    Checked {
      if (port < 1) {
        throw new IllegalArgumentException("port is " + port);
      }
    }
  }

  record Asserted(int port) {
    Asserted {
      if (port < 1) {
        throw new AssertionError("port is " + port);
      }
    }
  }

  @Test
  void decode_valueThatTheConstructorRefuses_decodeExceptionWithCause() {
    assertThatExceptionOfType(DecodeException.class)
        .isThrownBy(
            () ->
                Codecs.value(Checked.class)
                    .decode(ByteBuffer.wrap(component("port", "integer", new byte[] {0}))))
        .withMessage("Checked: java.lang.IllegalArgumentException: port is 0")
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertRefused(Asserted.class, new byte[0], "java.lang.AssertionError: port is 0");
  }

  record Point(int x, int y) {
    @Override
    public int hashCode() {
      return 31 * x + y;
    }
  }

  record Spread(int x, int y) {
    @Override
    public int hashCode() {
      return x;
    }
  }

  record Points(Set<Point> set) {}

  record Spreads(Set<Spread> set) {}

  @Test
  void decode_manyKeysOfOneHash_refusedOnBothSides() {
    Set<Spread> spread = new HashSet<>();
    Set<Point> points = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      spread.add(new Spread(i, -31 * i));
      points.add(new Point(i, -31 * i));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Codecs.value(Points.class).encode(new Points(points)))
        .withMessage("Points.set: more than 256 keys have the same hashCode(): 0");
    byte[] bytes = Codecs.value(Spreads.class).encode(new Spreads(spread));
    assertRefused(Points.class, bytes, "Points.set: more than 256 keys have the same hashCode()");
  }

  @Test
  void decode_setOrMapOutOfOrder_refused() {
    byte[] valid = component("set", "set<string>", hex("02 61 02 62"));
    record Texts(Set<String> set) {}
    assertThat(Codecs.value(Texts.class).decode(ByteBuffer.wrap(valid)).set())
        .containsExactly("a", "b");
    assertRefused(
        Texts.class, component("set", "set<string>", hex("02 62 02 61")), "keys are out of order");
    assertRefused(
        Texts.class, component("set", "set<string>", hex("02 61 02 61")), "keys are out of order");
    assertRefused(Texts.class, component("set", "set<string>", hex("00")), "null, in a set");
  }
}
