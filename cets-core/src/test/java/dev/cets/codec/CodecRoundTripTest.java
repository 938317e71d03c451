package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cets.codec.Samples.Blob;
import dev.cets.codec.Samples.Boxes;
import dev.cets.codec.Samples.Color;
import dev.cets.codec.Samples.Containers;
import dev.cets.codec.Samples.Everything;
import dev.cets.codec.Samples.RoomKey;
import dev.cets.codec.Samples.Shape;
import dev.cets.codec.Samples.Tree;
import dev.cets.codec.Samples.Values;
import dev.cets.spi.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class CodecRoundTripTest {
  private static <T> void assertRoundTrip(Class<T> type, List<? extends T> values) {
    Codec<T> codec = Codecs.value(type);
    for (T value : values) {
      byte[] bytes = codec.encode(value);
      assertThat(codec.decode(ByteBuffer.wrap(bytes))).isEqualTo(value);
    }
  }

  @Test
  void roundTrip_scalarAtTheTop_equal() {
    assertRoundTrip(
        String.class, List.of("", "a", "\u00e4\u20ac\ud83d\ude00\ufffd", "x".repeat(99_999)));
    assertRoundTrip(Boolean.class, List.of(true, false));
    assertRoundTrip(Character.class, List.of('\0', 'a', '\ud83d', '\uffff'));
    assertRoundTrip(Byte.class, List.of(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE));
    assertRoundTrip(Short.class, List.of(Short.MIN_VALUE, (short) 0, Short.MAX_VALUE));
    assertRoundTrip(Integer.class, List.of(Integer.MIN_VALUE, 0, Integer.MAX_VALUE));
    assertRoundTrip(Long.class, List.of(Long.MIN_VALUE, -1L, 0L, 255L, Long.MAX_VALUE));
    assertRoundTrip(Float.class, List.of(-0f, 0f, Float.NaN, Float.MIN_VALUE, Float.MAX_VALUE));
    assertRoundTrip(Double.class, List.of(-0d, 0d, Double.NaN, Double.NEGATIVE_INFINITY, 1.5));
    assertRoundTrip(UUID.class, List.of(new UUID(0, 0), new UUID(-1, 1)));
    assertRoundTrip(Color.class, List.of(Color.values()));
    assertRoundTrip(Instant.class, List.of(Instant.MIN, Instant.EPOCH, Instant.MAX));
    assertRoundTrip(
        Duration.class, List.of(Duration.ofSeconds(Long.MIN_VALUE), Duration.ofNanos(-1)));
    assertRoundTrip(LocalDate.class, List.of(LocalDate.MIN, LocalDate.EPOCH, LocalDate.MAX));
    assertRoundTrip(
        BigInteger.class,
        List.of(BigInteger.ZERO, BigInteger.TWO.pow(999), BigInteger.TEN.negate()));
    assertRoundTrip(
        BigDecimal.class,
        List.of(
            BigDecimal.ZERO,
            new BigDecimal("1.0"),
            new BigDecimal("1.00"),
            new BigDecimal("-1E+9")));
  }

  @Test
  void roundTrip_bytesAtTheTop_sameContent() {
    Codec<byte[]> codec = Codecs.value(byte[].class);
    byte[] bytes = {1, 2, 3};
    assertThat(codec.decode(ByteBuffer.wrap(codec.encode(bytes)))).isEqualTo(bytes);
  }

  @Test
  void roundTrip_primitiveClass_asItsBox() {
    assertRoundTrip(int.class, List.of(7));
    assertThat(Codecs.key(long.class).fingerprint()).isEqualTo("cets-1:long");
  }

  @Test
  void roundTrip_sealedInterfaceAtTheTop_equal() {
    RandomSamples samples = new RandomSamples(5);
    assertRoundTrip(Shape.class, List.of(samples.shape(), samples.shape(), samples.shape()));
  }

  @Test
  void roundTrip_allComponentsNull_allNull() {
    assertRoundTrip(
        Values.class, List.of(new Values(null, null, null, null, null, null, null, null, null)));
    assertRoundTrip(
        Boxes.class, List.of(new Boxes(null, null, null, null, null, null, null, null)));
    assertRoundTrip(Blob.class, List.of(new Blob(null), new Blob(new byte[0])));
    assertRoundTrip(Containers.class, List.of(new Containers(null, null, null, null, null, null)));
  }

  @Test
  void roundTrip_randomValue_equalAndSameBytes() {
    Codec<Everything> codec = Codecs.value(Everything.class);
    Codec<RoomKey> keys = Codecs.key(RoomKey.class);
    for (long seed = 0; seed < 3_000; seed++) {
      RandomSamples samples = new RandomSamples(seed);
      Everything value = samples.everything();
      byte[] bytes = codec.encode(value);
      Everything read = codec.decode(ByteBuffer.wrap(bytes));
      assertThat(read).as("seed %d", seed).isEqualTo(value);
      assertThat(codec.encode(read)).as("seed %d", seed).isEqualTo(bytes);
      RoomKey key = samples.key();
      assertThat(keys.decode(ByteBuffer.wrap(keys.encode(key)))).as("seed %d", seed).isEqualTo(key);
    }
  }

  @Test
  void decode_partOfALargerBuffer_onlyThatPartIsRead() {
    Codec<RoomKey> codec = Codecs.key(RoomKey.class);
    byte[] bytes = codec.encode(new RoomKey("r", 1, Color.RED));
    for (boolean direct : new boolean[] {false, true}) {
      ByteBuffer larger =
          direct
              ? ByteBuffer.allocateDirect(bytes.length + 9)
              : ByteBuffer.allocate(bytes.length + 9);
      larger.put(4, bytes).position(4).limit(4 + bytes.length);
      for (ByteBuffer buffer :
          List.of(larger.duplicate(), larger.slice(), larger.asReadOnlyBuffer())) {
        assertThat(codec.decode(buffer)).isEqualTo(new RoomKey("r", 1, Color.RED));
        assertThat(buffer.hasRemaining()).isFalse();
      }
    }
  }

  @Test
  void decode_collections_cannotBeChangedAndAnswerForNull() {
    Codec<Containers> codec = Codecs.value(Containers.class);
    Containers read =
        codec.decode(
            ByteBuffer.wrap(
                codec.encode(
                    new Containers(
                        Arrays.asList("a", null), Set.of(1), Map.of(), null, null, null))));
    List<? extends Object> texts = Objects.requireNonNull(read.texts());
    assertThat(texts.contains(null)).isTrue();
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(texts::clear);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(Objects.requireNonNull(read.numbers())::clear);
  }

  @Test
  void roundTrip_recursionToTheLimit_equal() {
    Tree tree = new Tree("leaf", List.of());
    for (int i = 1; i < Output.MAX_DEPTH / 2; i++) {
      tree = new Tree("branch", List.of(tree));
    }
    assertRoundTrip(Tree.class, List.of(tree));
  }

  @Test
  void roundTrip_manyThreadsOnOneCodec_equal() throws Exception {
    Codec<Everything> codec = Codecs.value(Everything.class);
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        RandomSamples samples = new RandomSamples(thread);
        tasks.add(
            () -> {
              for (int i = 0; i < 500; i++) {
                Everything value = samples.everything();
                if (!codec.decode(ByteBuffer.wrap(codec.encode(value))).equals(value)) {
                  return false;
                }
              }
              return true;
            });
      }
      for (Future<Boolean> each : executor.invokeAll(tasks)) {
        assertThat(each.get()).isTrue();
      }
    }
  }
}
