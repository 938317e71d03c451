package dev.cets.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cets.codec.Samples.Blob;
import dev.cets.codec.Samples.Box;
import dev.cets.codec.Samples.Boxes;
import dev.cets.codec.Samples.Circle;
import dev.cets.codec.Samples.Color;
import dev.cets.codec.Samples.Containers;
import dev.cets.codec.Samples.Everything;
import dev.cets.codec.Samples.Primitives;
import dev.cets.codec.Samples.RoomKey;
import dev.cets.codec.Samples.Tree;
import dev.cets.codec.Samples.Values;
import dev.cets.spi.Codec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The bytes of layout {@code cets-1}, for ever: nodes of other releases write and read them. If one
 * of these fails, the layout has changed, and needs another name.
 */
class WireCompatibilityTest {
  private static <T> void assertBytes(Codec<T> codec, T value, String hex) {
    String recorded = hex.replaceAll("\\s", "");
    assertThat(HexFormat.of().formatHex(codec.encode(value))).isEqualTo(recorded);
    byte[] bytes = HexFormat.of().parseHex(recorded);
    assertThat(codec.decode(ByteBuffer.wrap(bytes))).isEqualTo(value);
  }

  @Test
  void key_recordedScalars_stillTheSame() {
    assertBytes(Codecs.key(String.class), "a\u00e4", "61 c3a4");
    assertBytes(Codecs.key(Boolean.class), true, "01");
    assertBytes(Codecs.key(Character.class), '\uffff', "00ffff");
    assertBytes(Codecs.key(Byte.class), (byte) -1, "ff");
    assertBytes(Codecs.key(Short.class), (short) 128, "0080");
    assertBytes(Codecs.key(Integer.class), 0, "00");
    assertBytes(Codecs.key(Long.class), -129L, "ff7f");
    assertBytes(Codecs.key(Long.class), Long.MIN_VALUE, "8000000000000000");
    assertBytes(Codecs.key(Float.class), 1f, "3f800000");
    assertBytes(Codecs.key(Double.class), 1d, "3ff0000000000000");
    assertBytes(Codecs.key(Color.class), Color.GREEN, "475245454e");
    assertBytes(Codecs.key(UUID.class), new UUID(1, 2), "0000000000000001 0000000000000002");
    assertBytes(Codecs.key(Instant.class), Instant.ofEpochSecond(-1, 1), "00000001 ff");
    assertBytes(Codecs.key(Duration.class), Duration.ofSeconds(256), "00000000 0100");
    assertBytes(Codecs.key(LocalDate.class), LocalDate.ofEpochDay(1), "01");
    assertBytes(Codecs.key(BigInteger.class), BigInteger.valueOf(255), "00ff");
    assertBytes(Codecs.key(BigDecimal.class), new BigDecimal("-0.10"), "00000002 f6");
  }

  @Test
  void key_recordedRecord_stillTheSame() {
    assertBytes(
        Codecs.key(RoomKey.class),
        new RoomKey("example.org", 300, null),
        "22bb6d28007ed4a2fc0c6578616d706c652e6f7267b596314103012c");
  }

  @Test
  void value_recordedValue_stillTheSame() {
    Everything value =
        new Everything(
            new Primitives(true, (byte) 1, (short) 2, 'c', 4, 5, 6f, 7d),
            new Boxes(null, null, null, null, -4, null, null, null),
            new Values(
                "x".repeat(130),
                Color.BLUE,
                new UUID(3, 4),
                Instant.ofEpochSecond(1_700_000_000, 5),
                Duration.ofMillis(1_500),
                LocalDate.ofEpochDay(20_000),
                BigInteger.TEN,
                new BigDecimal("9.99"),
                new Blob(new byte[] {1, 2})),
            new Containers(
                Arrays.asList("a", null),
                Set.of(3, 1, 2),
                Map.of("k", List.of(1L), "j", List.of()),
                Optional.of("o"),
                Map.of(Color.RED, Map.of(new UUID(5, 6), new Circle(0.5))),
                Set.of(new Box(1, 2, null))),
            new Box(3, 4, new Circle(1)),
            new Tree("t", List.of(new Tree("u", List.of()))));
    String before =
        """
        7fda6b2218414842a602749bed2a770d0c414842a602759bed2a77018b28e8046c20d58c2f03026f
        2e076e04070201020202035e4ebb8f09026a01026b030201ac88150b290452454424110000000000
        000005000000000000000612d31b604f5409dc93093fe0000000000000c7a970b113120de6b92a02
        025672b2e30201bb56aec200ece4526d040261008bc005dc2a29c0afb700370d8ad3003740aed400
        56b5d878008d0fdf5800a5a1660200b596314102fcdf6c2be20096dca5a33b29c0afb70201370d8a
        d302633740aed4020156b5d87809401c0000000000008d0fdf580202a5a166020205b59631410204
        df6c2be20540c00000d4ee059d2730e40eda0de6b92a02045672b2e30203bb56aec212d31b604f54
        09dc93093ff0000000000000fef21929e2010583bd48020a0b8db499110000000000000003000000
        000000000422bb6d2805424c55454eec7bf5070000000203e750242231034e2052bc48188301
        """;
    String after =
        """
        9db62b75061dcd6500019f1557760853fd56ef030102f711428709000000056553f100
        """;
    assertBytes(Codecs.value(Everything.class), value, before + "78".repeat(130) + after);
  }
}
